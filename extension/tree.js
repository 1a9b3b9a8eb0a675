// The parts of the trees that our own pages make for the drawer (draw.js).

export const say = (message, ...filled) => ({ message, with: filled });
export const words = (text) => ({ words: text });
export const node = (tag, look, ...children) => ({ tag, class: look, children });
export const button = (id, look, action, ...children) => ({ ...node("button", look, ...children), id, action });
export const sheet = (title, ...content) => node("section", "sheet", node("h2", "", say(title)), ...content);
export const soft = (...texts) => node("p", "soft", ...texts);
export const icon = (look, d, box = "0 0 24 24") => ({ tag: "svg", class: look, attributes: [["view-box", box], ["aria-hidden", "true"]], children: [{ tag: "path", attributes: [["d", d]] }] });

// Words that a screen reader says when they change.
export const status = (id, ...children) => ({ ...node("div", "", ...children), id, attributes: [["role", "status"]] });

// A button that is on or off.
export function toggle(id, on, action, text) {
  const one = button(id, "", action, icon("", "M3 8.5l3.5 3.5L13 4.5", "0 0 16 16"), node("span", "", text));
  return { ...one, attributes: [["aria-pressed", String(on)]] };
}
