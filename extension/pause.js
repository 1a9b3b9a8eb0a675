// On which of the shop's hosts the extension pauses: it reads nothing and shows nothing there.

const api = globalThis.browser ?? globalThis.chrome;

export const hosts = api.runtime.getManifest().host_permissions.map((pattern) => pattern.replace("https://*.", "").replace("/*", ""));

export async function pausedHosts() {
  const { paused } = await api.storage.local.get("paused");
  return hosts.filter((host) => paused?.includes(host));
}

export async function isPaused(address) {
  const { hostname } = new URL(address);
  return (await pausedHosts()).some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

// Those that are named begin or end their pause; the others stay as they are.
export async function setPause(named, paused) {
  const before = await pausedHosts();
  await api.storage.local.set({ paused: hosts.filter((host) => (named.includes(host) ? paused : before.includes(host))) });
}
