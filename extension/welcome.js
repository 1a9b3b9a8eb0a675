// The introduction: what the extension does, on an order of nobody's. It opens once, after the installation.
import { api } from "./page.js";
import { camera, numbered, sampleCard, shield } from "./sample.js";
import { button, icon, node, say, words } from "./tree.js";

const view = document.getElementById("view");
const orders = "https://www.aliexpress.com/p/order/index.html";
const pin = "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5";
const lock = "M6.5 11h11v8.5h-11zM8.5 11V8a3.5 3.5 0 0 1 7 0v3";

const link = (id, look, action, text) => ({ ...button(id, look, action, say(text)), attributes: [["role", "link"]] });

const point = (at, title, text) => node("li", "", numbered(at), node("div", "", node("h2", "", say(title)), node("p", "", say(text))));

const hint = (drawing, ...texts) => node("li", "", icon("", drawing), node("p", "", ...texts));

// The keys that the browser gave the command; the user may have changed them or taken them away.
async function shortcut() {
  const { shortcut: keys } = (await api.commands.getAll()).find(({ name }) => name === "capture") ?? {};
  return keys ? say("welcome_shortcut", words(keys)) : say("welcome_no_shortcut");
}

// Firefox has another menu behind the same piece of a puzzle.
const pinning = () => say(api.runtime.getBrowserInfo ? "welcome_pin_firefox" : "welcome_pin");

function page(keys) {
  return node("div", "welcome",
    node("header", "title", icon("mark", shield), node("h1", "", say("welcome_title")), node("p", "", say("welcome_intro"))),
    node("div", "points",
      node("ol", "",
        point(1, "welcome_time_title", "welcome_time"),
        point(2, "welcome_step_title", "welcome_step"),
        point(3, "welcome_evidence_title", "welcome_evidence")),
      node("div", "ways",
        link("orders", "primary", { do: "open_page", url: orders }, "welcome_orders"),
        link("settings", "", { do: "open_settings" }, "settings_title"),
        link("guides", "", { do: "open_page", url: api.runtime.getURL("guides.html") }, "guides_title"))),
    node("section", "sample",
      node("p", "label", say("welcome_sample")),
      { ...sampleCard(Date.now()), id: "sample" }),
    node("ul", "hints", hint(pin, pinning()), hint(camera, keys), hint(lock, say("settings_privacy"))),
    node("footer", "foot-note", say("not_legal_advice")));
}

function act(action) {
  switch (action.do) {
    case "open_page":
      return api.tabs.create({ url: action.url });
    case "open_settings":
      return api.runtime.openOptionsPage();
  }
}

document.title = redressDraw.text(say("welcome_title"));
redressDraw.draw(view, page(await shortcut()), { onAction: act });
// Its buttons are a picture of buttons; what it shows is said beside it.
document.getElementById("sample").inert = true;
