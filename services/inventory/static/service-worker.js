// Keeps the scan station's pages and parts in the phone, so that it opens without a
// network. self.KEPT is written in front of this file by the server: what to keep, and
// a version that changes with any of it. Nothing kept here is about anybody.
import { setting } from "../../../shared/web/static/parts/phone.js";
import { SESSION } from "./parts/addresses.js";
import { sendWaiting } from "./parts/sender.js";
import { Session } from "../../../shared/web/static/parts/session.js";

const { version, shells, words, assets, camera } = self.KEPT;
const CACHE = `komek-station-${version}`;
const MODES = ["receive", "move", "pick", "count", "look"];
const PATIENCE = 3000;

const shellOf = (language, page) => `${shells}/${language}/${page}`;
const pagesOf = (language) => [...[...MODES, "away"].map((page) => shellOf(language, page)), `${words}/${language}`];
const languageNow = async () => (await setting("language").catch(() => null)) ?? "ru";

// Pages are fetched without a cookie: they must be the same for everybody.
const keep = async (addresses) => {
  const cache = await caches.open(CACHE);
  const missing = [];
  for (const address of addresses) if (!(await cache.match(address))) missing.push(address);
  await Promise.all(
    missing.map(async (address) => {
      const answer = await fetch(address, { credentials: "omit" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      await cache.put(address, answer);
    }),
  );
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(languageNow().then((language) => keep([...assets, ...pagesOf(language)])));
});

const forgetOthers = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("komek-station-") && name !== CACHE).map((name) => caches.delete(name)));
};

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  const { keep: language, keepCamera } = event.data ?? {};
  if (language) event.waitUntil(keep(pagesOf(language)).catch(() => {}));
  if (keepCamera) event.waitUntil(keep(camera).catch(() => {}));
});

// ---- pages

const modeOf = (url) => {
  if (/^\/inventory\/pick-lists(\/|$)/.test(url.pathname)) return "pick";
  if (url.pathname !== "/inventory/scan") return "away";
  const wish = url.searchParams.get("mode");
  return MODES.includes(wish) ? wish : "receive";
};

const shellFor = async (url) => {
  const wish = url.searchParams.get("lang");
  const language = ["ru", "kk", "en"].includes(wish) ? wish : await languageNow();
  const cache = await caches.open(CACHE);
  return (await cache.match(shellOf(language, modeOf(url)))) ?? cache.match(shellOf(await languageNow(), modeOf(url)));
};

const after = (milliseconds) => new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));

// The network first; the page from memory when it is away, slow, or not wanted.
const page = async (request) => {
  const url = new URL(request.url);
  const isStation = modeOf(url) !== "away";
  const shell = await shellFor(url);
  if (shell && isStation && (await setting("offline").catch(() => null))) return shell;
  const answer = fetch(request).catch(() => null);
  const first = shell && isStation ? await Promise.race([answer, after(PATIENCE)]) : await answer;
  if (first && first.status < 502) return first;
  return shell ?? (await answer) ?? Response.error();
};

// ---- parts: their names change with their content, so a kept one is always right

const part = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === "basic") await cache.put(request, answer.clone());
  return answer;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
  else if (url.pathname.startsWith(words)) event.respondWith(part(request));
});

// ---- what waits is sent, though no page is open

self.addEventListener("sync", (event) => {
  if (event.tag !== "send-scans") return;
  const sending = sendWaiting(new Session(SESSION)).then((outcome) => {
    if (outcome === "lost") throw new Error("try again later");
  });
  event.waitUntil(sending);
});
