// How the page of trusted time shows what it holds: the request, and each time-stamp with what was checked and what was not.
import { button, node, say, sheet, soft, words } from "./tree.js";

const number = (count) => ({ number: count });

// From left to right in every language.
const literal = (text, look = "literal") => ({ ...node("p", look, words(text)), attributes: [["dir", "ltr"]] });

export const nameOfQuery = ({ seq }) => `redress-log-${seq}.tsq`;

const send = (name) => `curl -H "Content-Type: application/timestamp-query" --data-binary @${name} ADDRESS -o ${name.replace(/q$/, "r")}`;

export function requestSheet(head, count) {
  if (!head) return sheet("stamp_request", node("p", "", say("stamp_empty")));
  const what = ["qualified", "certificates", "public"].map((kind) => node("li", "", say(authorities[kind])));
  return sheet("stamp_request", node("p", "", say("stamp_head", number(count))), literal(head.hash), soft(say("stamp_request_why")),
    button("save", "primary", { do: "save" }, say("stamp_save")),
    soft(say("stamp_how")), literal(send(nameOfQuery(head))),
    soft(say("stamp_authority_what")), node("ul", "points", ...what), soft(say("stamp_authority_none")),
    soft(say("stamp_how_ots")), literal(`ots-cli.js stamp -d ${head.hash}`));
}

const authorities = {
  qualified: "stamp_authority_qualified",
  certificates: "stamp_authority_certificates",
  public: "stamp_authority_public",
};

const row = (label, value, dir = "auto") => node("tr", "", { ...node("th", "", say(label)), attributes: [["scope", "row"]] },
  { ...node("td", "", value), attributes: [["dir", dir]] });

// A name that a shell would take apart does not stand in a command.
const inShell = (name) => (/^[\w.-]+$/.test(name) && !name.startsWith("-") ? name : "FILE.tsr");

// The most particular part of a name; the whole of it stands below.
export const shortName = (name) => name.replace(/^[A-Z]+=/, "").replace(/, [A-Z]+=.*$/, "");

function reply(stamp) {
  const utc = new Date(stamp.gen_time).toISOString().replace(".000Z", "Z");
  const rows = [
    row("stamp_time", words(utc), "ltr"),
    ...(stamp.accuracy === null ? [] : [row("stamp_accuracy", words(String(stamp.accuracy)), "ltr")]),
    row("stamp_authority", words(stamp.authority)),
    row("stamp_issuer", words(stamp.issuer)),
    row("stamp_serial", words(`0x${stamp.serial}`), "ltr"),
    ...(stamp.nonce === null ? [] : [row("stamp_nonce", say(stamp.asked ? "stamp_nonce_same" : "stamp_nonce_unknown"))]),
  ];
  return { rows, after: [soft(say("stamp_not_checked")), literal(`openssl ts -verify -digest ${stamp.hash} -in ${inShell(stamp.name)} -CAfile root.pem`, "literal box")] };
}

function one(stamp, chain, asked) {
  const here = chain.some(({ seq, hash }) => seq === stamp.seq && hash === stamp.hash);
  const signed = stamp.kind === "rfc3161";
  const { rows, after } = signed ? reply(stamp) : { rows: [], after: [] };
  const title = signed ? words(shortName(stamp.authority)) : say("stamp_ots");
  const proves = !here ? say("stamp_other_log")
    : signed ? say("stamp_proves", number(stamp.seq), { instant: stamp.gen_time }) : say("stamp_ots_proves", number(stamp.seq));
  const named = node("span", "spoken", words(` ${stamp.name}`));
  const ask = node("div", "ask", node("p", "", say("stamp_ask_delete")), button("yes", "danger", { do: "delete", id: stamp.id }, say("button_ask_delete")),
    button("no", "", { do: "keep" }, say("button_cancel")));
  const buttons = node("div", "buttons", button(`export-${stamp.id}`, "", { do: "export", id: stamp.id }, say("stamp_export"), named),
    button(`ask-${stamp.id}`, "", { do: "ask", id: stamp.id }, say("button_ask_delete"), named));
  return {
    ...node("li", "", { ...node("h3", "", title), attributes: [["dir", "auto"]] }, node("p", here ? "" : "warning", proves),
      node("table", "", node("tbody", "", ...rows, row("stamp_hash", node("span", "literal", words(stamp.hash)), "ltr"), row("stamp_file", words(stamp.name)),
        row("stamp_added", words(new Date(stamp.imported_at).toISOString().slice(0, 19) + "Z"), "ltr"))),
      ...after, asked === stamp.id ? ask : buttons),
    id: `stamp-${stamp.id}`,
  };
}

export const listSheet = (stamps, chain, asked) => sheet("stamp_list",
  ...(stamps.length ? [node("ul", "stamps", ...stamps.map((stamp) => one(stamp, chain, asked))), soft(say("stamp_carried"))] : [soft(say("stamp_none"))]));
