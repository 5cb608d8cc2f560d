// What makes a page an app: its worker, and a promise of the browser to keep its data.
import { setSetting } from "./phone.js";

const LATER = 30000;
const PATIENCE = 60000;
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60000;

const after = (milliseconds) => new Promise((resolve) => setTimeout(() => resolve(false), milliseconds));

// The worker says whether it has everything that opens without a network.
const keptBy = (worker, language) => {
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((resolve) => {
    port1.onmessage = (event) => resolve(event.data === "kept");
  });
  worker.postMessage({ keep: language }, [port2]);
  return Promise.race([told, after(PATIENCE)]);
};

// The worker that works now, or the first one; null where that could not be installed.
const workerOf = (registered) =>
  new Promise((resolve) => {
    const first = registered.installing ?? registered.waiting;
    const look = () => {
      if (registered.active) resolve(registered.active);
      else if (!first || first.state === "redundant") resolve(null);
    };
    first?.addEventListener("statechange", look);
    look();
  });

// Whatever does not come through a bad network is asked for again, ever more slowly.
const persistently = async (attempt) => {
  for (let pause = FIRST_PAUSE; !(await attempt().catch(() => false)); pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    await after(pause);
  }
};

// The worker has to know the language before it starts. <html data-kept="yes"> says
// that the page would open without a network; what is heavy comes later. A page without
// its worker still keeps and sends.
export const install = async ({ worker, scope, tag, hasMoreLater = false }) => {
  const language = document.documentElement.lang;
  await setSetting("language", language);
  navigator.storage?.persist?.().catch(() => {});
  if (!navigator.serviceWorker) return;
  let active = null;
  await persistently(async () => {
    const registered = await navigator.serviceWorker.register(worker, { scope });
    active = await workerOf(registered);
    await registered.sync?.register(tag).catch(() => {});
    return active && keptBy(active, language);
  });
  document.documentElement.dataset.kept = "yes";
  if (hasMoreLater && !navigator.connection?.saveData) setTimeout(() => active.postMessage({ keepLater: true }), LATER);
};

// Ask the browser to send for us when the page is closed by then.
export const sendLater = async (tag) => {
  const ready = navigator.serviceWorker?.controller ? await navigator.serviceWorker.ready : null;
  await ready?.sync?.register(tag).catch(() => {});
};
