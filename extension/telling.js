// What the user is told of a capture: on the page, and by the popup where that may not be seen.

const api = globalThis.browser ?? globalThis.chrome;

export async function tellPage(tab, notice) {
  const told = await api.tabs.sendMessage(tab.id, { kind: "shown_again", notice }).catch(() => null);
  if (told) return;
  await api.action.setTitle({ tabId: tab.id, title: api.i18n.getMessage(notice.kept ? "notice_kept" : "notice_failed") }).catch(() => {});
}

// A page can be in the back when it ends, or have no overlay: the popup tells it too when it is opened next.
export async function tellLater(tab, notice) {
  await api.storage.session.set({ untold: notice });
  await tellPage(tab, notice);
}

// What is told now.
export async function untold() {
  const { untold: notice } = await api.storage.session.get("untold");
  await api.storage.session.remove("untold");
  return notice;
}
