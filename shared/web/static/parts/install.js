// What makes a page an app: its worker, and a promise of the browser to keep its data.
import { setSetting } from "./phone.js";

const PAUSE = 30000;

// The worker answers when it has everything that opens without a network.
const keptBy = (worker, language) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    worker.postMessage({ keep: language }, [port2]);
  });

// The worker has to know the language before it starts. <html data-kept="yes"> says
// that the page would open without a network; what is heavy comes later.
export const install = async ({ worker, scope, tag, hasMoreLater = false }) => {
  const language = document.documentElement.lang;
  await setSetting("language", language);
  navigator.storage?.persist?.().catch(() => {});
  if (!navigator.serviceWorker) return;
  try {
    const registered = await navigator.serviceWorker.register(worker, { scope });
    const { active } = await navigator.serviceWorker.ready;
    if (hasMoreLater && !navigator.connection?.saveData) setTimeout(() => active.postMessage({ keepLater: true }), PAUSE);
    await registered.sync?.register(tag).catch(() => {});
    await keptBy(active, language);
    document.documentElement.dataset.kept = "yes";
  } catch {
    // a page without its worker still keeps and sends
  }
};

// Ask the browser to send for us when the page is closed by then.
export const sendLater = async (tag) => {
  const ready = navigator.serviceWorker?.controller ? await navigator.serviceWorker.ready : null;
  await ready?.sync?.register(tag).catch(() => {});
};
