// A service worker that opens some pages of a service without a network. What it keeps
// is the same for everybody and holds nothing about anybody; the server writes it in
// front of the worker as self.KEPT, with a version that changes with any of it.
import { CACHE_NAMES, setting } from "./phone.js";
import { Session } from "./session.js";

const LANGUAGES = ["ru", "kk", "en"];

const languageNow = async () => (await setting("language").catch(() => null)) ?? "ru";

const after = (milliseconds) => new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));

const wished = (url) => [url.searchParams.get("lang")].filter((one) => LANGUAGES.includes(one));

// Fetched without a cookie: it must be the same for everybody.
const fetched = async (cache, address) => {
  if (await cache.match(address)) return;
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  await cache.put(address, answer);
};

// `name`: of the cache; `pagesOf`: the addresses kept for a language; `shellOf`: which
// of them stands in for a page that does not open; `patienceOf`: how many milliseconds
// a page may take before that, null for as long as it wants; `session` and `send`: who
// is signed in, and what sends what waits, under `tag`.
export const work = ({ name, pagesOf, shellOf, patienceOf, session, send, tag }) => {
  const { version, assets, later = [] } = self.KEPT;
  const prefix = `${CACHE_NAMES}${name}-`;
  const opened = () => caches.open(prefix + version);

  const keep = async (addresses) => {
    const cache = await opened();
    await Promise.all(addresses.map((address) => fetched(cache, address)));
  };

  const keepAll = async (language) => keep([...assets, ...pagesOf(language ?? (await languageNow()))]);

  const forgetOthers = async () => {
    const names = await caches.keys();
    const others = names.filter((one) => one.startsWith(prefix) && one !== prefix + version);
    await Promise.all(others.map((one) => caches.delete(one)));
  };

  const shellFor = async (url) => {
    const cache = await opened();
    for (const language of [...wished(url), await languageNow()]) {
      const shell = await cache.match(shellOf(url, language));
      if (shell) return shell;
    }
    return undefined;
  };

  // The network first; the page from memory when it is away, too slow, or not wanted.
  const page = async (request) => {
    const url = new URL(request.url);
    const [shell, patience] = await Promise.all([shellFor(url), patienceOf(url)]);
    if (shell && patience === 0) return shell;
    const answer = fetch(request).catch(() => null);
    const first = shell && patience ? await Promise.race([answer, after(patience)]) : await answer;
    if (first && first.status < 502) return first;
    return shell ?? (await answer) ?? Response.error();
  };

  // Names of parts change with their content, so a kept one is always right.
  const part = async (request) => {
    const cache = await opened();
    const kept = await cache.match(request, { ignoreVary: true });
    if (kept) return kept;
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic") await cache.put(request, answer.clone());
    return answer;
  };

  const isPart = (url) => url.pathname.startsWith("/static/") || LANGUAGES.some((one) => pagesOf(one).includes(url.pathname));

  self.addEventListener("install", (event) => {
    self.skipWaiting();
    event.waitUntil(keepAll());
  });

  self.addEventListener("activate", (event) => {
    event.waitUntil(forgetOthers().then(() => self.clients.claim()));
  });

  self.addEventListener("message", (event) => {
    const { keep: language, keepLater } = event.data ?? {};
    const tell = (how) => event.ports[0]?.postMessage(how);
    // a page that was on its way while the worker started is nobody's until claimed
    const keepAndClaim = () => Promise.all([keepAll(language), self.clients.claim()]);
    if (LANGUAGES.includes(language)) event.waitUntil(keepAndClaim().then(() => tell("kept"), () => tell("lost")));
    if (keepLater) event.waitUntil(keep(later).catch(() => {}));
  });

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) return;
    if (request.mode === "navigate") event.respondWith(page(request));
    else if (isPart(url)) event.respondWith(part(request));
  });

  // What waits is sent, though no page is open.
  self.addEventListener("sync", (event) => {
    if (event.tag !== tag) return;
    const sending = send(new Session(session)).then((outcome) => {
      if (outcome === "lost") throw new Error("try again later");
    });
    event.waitUntil(sending);
  });
};
