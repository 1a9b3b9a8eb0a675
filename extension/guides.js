// The guides: ways beside the case, such as reports, the account, a page that does not work, the law. guides.json says
// which there are and what each rests on, _locales has the words. `guides.html#<id>` opens one.
import { api } from "./page.js";

const { read, links, groups } = await (await fetch(api.runtime.getURL("guides.json"))).json();
const guides = new Map(groups.flatMap(({ heading, guides }) => guides.map((guide) => [guide.id, { ...guide, heading }])));
const view = document.getElementById("view");

// The parts of a tree. A text takes at most one value.
const say = (message, value) => ({ message, with: value ? [value] : [] });
const words = (text) => ({ words: text });
const node = (tag, look, ...children) => ({ tag, class: look, children });
const list = (tag, look, items) => node(tag, look, ...items.map((item) => node("li", "", ...item)));
const spaced = (nodes) => nodes.flatMap((one) => [words(" "), one]).slice(1);

// The texts of a guide that are numbered from 1.
const numbered = ({ id }, part, count) => Array.from({ length: count }, (_, at) => say(`guide_${id}_${part}_${at + 1}`));

const sheet = (title, ...content) => node("section", "sheet", node("h2", "", say(title)), ...content);

// Leads to a guide within this page.
const toGuide = (id, ...content) => ({ ...node("button", "to-guide", ...content), id: `to-${id}`, action: { do: "open_guide", id } });
const named = (id) => node("span", "name", say(`guide_${id}_title`));

function all() {
  return node("div", "guides",
    node("header", "title", node("h1", "", say("guides_title")), node("p", "", say("guides_intro"))),
    ...groups.map((group) => node("section", "group", node("h2", "", say(`guides_group_${group.id}`)),
      list("ul", "shelf", group.guides.map(({ id }) => [toGuide(id, named(id), node("span", "why", say(`guide_${id}_when`)))])))),
    foot());
}

function one(guide) {
  const { id, heading, steps, ready, links: ways = [], see = [] } = guide;
  return { ...node("article", "guide",
    { ...node("button", "quiet", say("guides_all")), id: "to-all", action: { do: "open_all" } },
    node("header", "title", node("h1", "", say(`guide_${id}_title`)), node("p", "", say(`guide_${id}_when`))),
    sheet(`guides_heading_${heading}`, list("ol", "steps", numbered(guide, "step", steps).map((text) => [text]))),
    sheet("guides_ready", list("ul", "dots", numbered(guide, "ready", ready).map((text) => [text]))),
    ...(ways.length ? [sheet("guides_links", list("ul", "ways", ways.map((way) => [toPage(way)])))] : []),
    sheet("guides_basis", list("ul", "bases", numbered(guide, "basis", guide.basis.length).map((text, at) => basis(text, guide.basis[at])))),
    ...(see.length ? [sheet("guides_see", list("ul", "ways", see.map((other) => [toGuide(other, named(other))])))] : []),
    foot(say("guides_page_first"))), id: `guide-${id}` };
}

// An address elsewhere says its host before it is opened.
function toPage(way) {
  const button = node("button", "way", node("span", "name", say(`guides_link_${way}`)), words(" "), node("span", "host", words(new URL(links[way]).host)));
  return { ...button, attributes: [["role", "link"]], action: { do: "open_page", url: links[way] } };
}

// Grades between two letters are explained as the weaker one.
const weaker = { "A-": "b", "A/B": "b" };

// What a part rests on.
function basis(text, { grade, age, sources }) {
  const letter = weaker[grade] ?? grade?.toLowerCase() ?? "none";
  const mark = node("span", "mark-rule", grade ? say("guides_grade", { words: grade }) : say("guides_ungraded"));
  const rest = [say(`guides_grade_${letter}`), say(`guides_age_${age}`), say("guides_sources", { words: sources.join(", ") })];
  return [node("p", "", text), node("p", "basis", mark, ...spaced(rest))];
}

function foot(...before) {
  return node("footer", "foot-note", ...[...before, say("guides_read", { day: read }), say("not_legal_advice")].map((text) => node("p", "", text)));
}

const asked = () => guides.get(location.hash.slice(1));

function show() {
  const guide = asked();
  redressDraw.draw(view, guide ? one(guide) : all(), { onAction: act });
  document.title = redressDraw.text(say(guide ? `guide_${guide.id}_title` : "guides_title"));
}

function act(action) {
  switch (action.do) {
    case "open_guide":
      location.hash = action.id;
      return;
    case "open_all":
      location.hash = "";
      return;
    case "open_page":
      api.tabs.create({ url: action.url });
  }
}

// Another guide begins at its top, and whoever comes back to the list stands where they left it.
window.addEventListener("hashchange", ({ oldURL }) => {
  show();
  const left = asked() ? null : document.getElementById(`to-${new URL(oldURL).hash.slice(1)}`);
  if (left) return left.focus();
  const title = view.querySelector("h1");
  title.tabIndex = -1;
  title.focus();
  window.scrollTo(0, 0);
});

show();
