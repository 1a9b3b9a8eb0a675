// Turns the core's drafts (crate/view/draft.rs) into texts in a language, and shows them to be changed and copied. A draft is
// a node whose id is its code; its children are paragraphs (p), points (li) and lines of lists (div), each one message.
// Nothing here sends anything. Only our own pages load this.

const api = globalThis.browser ?? globalThis.chrome;
const say = (key, ...values) => api.i18n.getMessage(key, values);

// --- From a draft to a text ------------------------------------------------------------------------------------------

const catalogues = new Map();

// The texts of a language; null where the extension has none in it.
function catalogue(language) {
  const folder = language.replaceAll("-", "_");
  if (!catalogues.has(folder)) {
    const file = fetch(api.runtime.getURL(`_locales/${folder}/messages.json`));
    catalogues.set(folder, file.then((found) => (found.ok ? found.json() : null)).catch(() => null));
  }
  return catalogues.get(folder);
}

// The languages in which a text is looked for, the wanted one first.
async function voices(language) {
  const tags = [...new Set([language, "en"])];
  const found = await Promise.all(tags.map(async (own) => ({ language: own, messages: await catalogue(own) })));
  return found.filter(({ messages }) => messages);
}

// Words of a page stay one piece: no line breaks, no marks that turn the writing direction, and no quotation marks that
// could end the ones around them.
const wordsOf = (text) => text
  .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
  .replace(/[\p{Cc}\s]+/gu, " ")
  .replace(/[“”„‟«»「」『』]/g, '"')
  .trim();

const parts = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
const formatted = (language, value, more) => new Intl.DateTimeFormat(language, { ...parts, ...more }).format(new Date(value));
// Whoever decides may sit in another zone than the buyer: the zone is named.
const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };

function argument(value, language, spoken) {
  const [kind, content] = Object.entries(value)[0];
  switch (kind) {
    case "words": return wordsOf(content);
    case "message": return text({ message: content }, spoken);
    case "number": return new Intl.NumberFormat(language).format(content);
    // A civil date has no zone: noon UTC in UTC, so that no zone can move it.
    case "day": return formatted(language, `${content}T12:00:00Z`);
    case "instant": return formatted(language, content, time);
    default: throw new TypeError(`a draft holds no ${kind}`);
  }
}

function text({ message, with: filled = [], count }, spoken) {
  for (const { language, messages } of spoken) {
    const key = count === undefined ? message : `${message}_${new Intl.PluralRules(language).select(count)}`;
    const found = messages[key] ?? messages[`${message}_other`];
    if (!found) continue;
    const values = filled.map((value) => argument(value, language, spoken));
    return found.message.replace(/\$(\d)/g, (_, place) => values[place - 1] ?? "");
  }
  return message;
}

// The whole text. Points are numbered through; lines of one list stand together, all else is set apart.
export async function textOf(draft, language) {
  const spoken = await voices(language);
  let [whole, before, number] = ["", null, 0];
  for (const { tag, children: [message] } of draft.children) {
    const together = tag === before && tag !== "p";
    if (before) whole += together ? "\n" : "\n\n";
    whole += (tag === "li" ? `${++number}. ` : "") + text(message, spoken);
    before = tag;
  }
  return whole;
}

// The languages that a draft can be read in: that of the catalogue that the browser chose, and English.
export const languages = () => [...new Set([say("catalogue_language"), "en"])];

// --- On the page -----------------------------------------------------------------------------------------------------

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function button(key, onClick, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, make("span", {}, say(key)));
  element.addEventListener("click", onClick);
  return element;
}

// One draft with its text. What the user wrote is kept in this page's localStorage at every letter: the tab may close after
// any. (A crate for it would add 2.2 KB to the core.)
class Panel {
  constructor(code, orderId, known) {
    Object.assign(this, { code, orderId, saved: null, composed: "", turn: 0, refused: false });
    // The shop and its sellers read English; the bank is at home.
    this.language = code === "bank_letter" ? known[0] : "en";
    const name = say(`draft_title_${code}`);
    const box = (label, more) => make("textarea", { dir: "auto", "aria-label": label, ...more });
    this.text = box(name, { spellcheck: "true" });
    this.text.addEventListener("input", () => this.keep());
    this.fresh = box(say("draft_button_new"), { readonly: "", hidden: "" });
    this.see = button("draft_button_new", () => this.toggleFresh(), { class: "quiet", "aria-expanded": "false" });
    this.mine = button("draft_button_mine", () => this.keepMine(), { class: "quiet" });
    this.changed = make("div", { class: "changed", hidden: "" }, make("p", { class: "why" }, say("draft_changed")),
      make("div", { class: "row" }, this.see, this.mine), this.fresh);
    this.again = button("draft_button_again", () => this.startAgain(), { class: "quiet", hidden: "" });
    this.said = make("output", { "aria-live": "polite" });
    this.switches = known.length > 1 ? known.map((language) => this.switchTo(language)) : [];
    this.element = make("section", { class: "draft", "data-draft": code }, make("h3", {}, name),
      ...(this.switches.length ? [make("div", { class: "row", role: "group", "aria-label": say("draft_language") }, ...this.switches)] : []),
      this.changed, this.text,
      make("div", { class: "row" }, button("draft_button_copy", () => this.copy(), { class: "primary" }), this.again, this.said),
      make("p", { class: "why" }, say("draft_never_sent")));
  }

  switchTo(language) {
    const name = new Intl.DisplayNames([api.i18n.getUILanguage()], { type: "language" }).of(language);
    const element = make("button", { type: "button", class: "quiet", "data-language": language }, make("span", {}, name));
    element.addEventListener("click", () => this.show(this.draft, language));
    return element;
  }

  key(language = this.language) {
    return `draft/${this.orderId}/${this.code}/${language}`;
  }

  // Shows a draft. What the user wrote stays in its place, also what is written while this waits.
  async show(draft, language = this.language) {
    this.draft = draft;
    const turn = ++this.turn;
    const composed = await textOf(draft, language);
    if (turn !== this.turn) return;
    // What the browser refused to keep stands on this page only.
    const saved = this.refused && language === this.language ? this.saved : this.read(this.key(language));
    Object.assign(this, { composed, saved, language });
    const shown = saved?.text ?? composed;
    if (this.text.value !== shown) {
      this.text.value = shown;
      this.said.textContent = "";
    }
    for (const element of [this.text, this.fresh]) element.lang = this.language;
    for (const element of this.switches) element.setAttribute("aria-pressed", String(element.dataset.language === this.language));
    this.fresh.value = composed;
    this.mark();
  }

  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      // What cannot be read is as good as nothing.
      return null;
    }
  }

  // What goes with the text: whether there is something to throw away, and whether it rests on older facts.
  mark() {
    this.again.hidden = !this.saved;
    this.changed.hidden = !this.saved || this.saved.from === this.composed;
    // The height that the text needs, roughly: long lines wrap.
    this.text.rows = this.fresh.rows = 2 + this.composed.split("\n").reduce((rows, line) => rows + Math.ceil((line.length + 1) / 90), 0);
  }

  keep() {
    const text = this.text.value;
    this.saved = text === this.composed ? null : { text, from: this.saved?.from ?? this.composed };
    this.mark();
    this.store();
  }

  store() {
    try {
      if (this.saved) localStorage.setItem(this.key(), JSON.stringify(this.saved));
      else localStorage.removeItem(this.key());
      this.said.textContent = "";
      this.refused = false;
    } catch (error) {
      this.refused = true;
      this.said.textContent = say("draft_not_kept", String(error?.message ?? error));
    }
  }

  toggleFresh() {
    this.fresh.hidden = !this.fresh.hidden;
    this.see.setAttribute("aria-expanded", String(!this.fresh.hidden));
  }

  keepMine() {
    this.saved.from = this.composed;
    this.mark();
    this.text.focus();
    this.store();
  }

  startAgain() {
    this.saved = null;
    this.text.value = this.composed;
    this.mark();
    this.text.focus();
    this.store();
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.text.value);
      const open = /\[ .+? \]/.test(this.text.value);
      this.said.textContent = say(open ? "draft_copied_blanks" : "draft_copied");
    } catch {
      this.text.select();
      this.said.textContent = say("draft_not_copied");
    }
  }
}

// Draws the drafts of an order into `root`. Called again with newer ones, it leaves alone what is being written.
export async function wordsSection(root, drafts, orderId) {
  const known = languages();
  const panels = (root.redressPanels ??= new Map());
  const codes = drafts.map(({ id }) => id);
  for (const [code, panel] of panels) {
    if (codes.includes(code) && panel.orderId === orderId) continue;
    panel.element.remove();
    panels.delete(code);
  }
  const shown = drafts.map((draft, place) => {
    const panel = panels.get(draft.id) ?? new Panel(draft.id, orderId, known);
    panels.set(draft.id, panel);
    // An element that is moved loses the focus.
    if (root.children[place] !== panel.element) root.insertBefore(panel.element, root.children[place] ?? null);
    return panel.show(draft);
  });
  await Promise.all(shown);
}
