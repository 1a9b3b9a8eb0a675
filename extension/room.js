// How much room the browser still gives, and what is said where there is little or none.

const api = globalThis.browser ?? globalThis.chrome;
// It is short from four fifths on, or with room for fewer than so many captures of this size; a usual one has so many bytes.
const [share, captures, usual] = [0.8, 20, 2_000_000];

// `usage` and `quota` in bytes; neither where the browser does not say. Then it is not short either: unknown stays unknown.
export async function room(bytes = usual) {
  const { usage, quota } = await navigator.storage.estimate().catch(() => ({}));
  const known = Number.isFinite(usage) && quota > 0;
  return known ? { usage, quota, short: usage > quota * share || quota - usage < captures * bytes } : { short: false };
}

export const isFull = (error) => error?.name === "QuotaExceededError";

// An error in words. For a full disk each browser has its own, and none says what to do.
export const wordsOf = (error) => (isFull(error) ? api.i18n.getMessage("room_none") : String(error?.message ?? error));

// Adds to the tree of an overlay that tells of a capture that room is short.
export function warned(overlay, notice) {
  const line = notice?.kept?.short && overlay?.children?.find((child) => child.id === "notice");
  const said = line && line.children.find((child) => child.class === "say");
  if (!said) return overlay;
  said.children.push({ tag: "span", class: "room", children: [{ message: "room_short" }] },
    { tag: "button", class: "quiet", action: { do: "open_settings" }, children: [{ message: "settings_title" }] });
  return overlay;
}
