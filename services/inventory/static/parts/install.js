// What makes the page an app: its worker, and a promise of the browser to keep its data.
import { setSetting } from "../../../../shared/web/static/parts/phone.js";
import { facts } from "../../../../shared/web/static/parts/words.js";

const CAMERA_PAUSE = 30000; // the camera weighs as much as all the rest: later

// The worker has to know the language and whose phone this is before it starts.
export const install = async () => {
  await setSetting("language", facts.language);
  navigator.storage?.persist?.().catch(() => {});
  if (!navigator.serviceWorker) return;
  try {
    const registered = await navigator.serviceWorker.register("/inventory/service-worker.js", { scope: "/inventory/" });
    const ready = await navigator.serviceWorker.ready;
    ready.active.postMessage({ keep: facts.language });
    if (!navigator.connection?.saveData) setTimeout(() => ready.active.postMessage({ keepCamera: true }), CAMERA_PAUSE);
    if (registered.sync) await registered.sync.register("send-scans").catch(() => {});
  } catch {
    // a page without its worker still queues and sends
  }
};

// Ask the browser to send for us when the page is closed by then.
export const sendLater = async () => {
  const ready = navigator.serviceWorker?.controller ? await navigator.serviceWorker.ready : null;
  await ready?.sync?.register("send-scans").catch(() => {});
};

// Links to another language lead to the page that was asked for, not to its copy.
export const dressShell = () => {
  const theme = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1];
  if (theme) document.documentElement.dataset.theme = theme;
  document.querySelectorAll("a[hreflang]").forEach((link) => {
    const wish = new URLSearchParams(location.search);
    wish.set("lang", link.lang);
    link.href = `${location.pathname}?${wish}`;
  });
};

// Signing in, and the whole page, lead back to where one is.
export const leadBack = () => {
  const here = location.pathname + location.search;
  document.querySelectorAll("[data-sign-in]").forEach((link) => {
    link.href = `/account/sign-in?${new URLSearchParams({ next: here })}`;
  });
  document.querySelectorAll("[data-here]").forEach((link) => {
    link.href = here;
  });
};
