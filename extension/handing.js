// A page of ours hands something to the background on a channel: the extension's own messages carry no files.
const name = "redress-handing";

// Of the page: `ask(token)` sends the request; what it answers is the answer.
export async function handOver(given, ask) {
  const token = crypto.randomUUID();
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => data.wanted === token && channel.postMessage({ token, given });
  try {
    return await ask(token);
  } finally {
    channel.close();
  }
}

// Of the background: what the page has for this token.
export async function handedOver(token) {
  const channel = new BroadcastChannel(name);
  try {
    return await new Promise((done) => {
      channel.onmessage = ({ data }) => data.token === token && done(data.given);
      channel.postMessage({ wanted: token });
    });
  } finally {
    channel.close();
  }
}
