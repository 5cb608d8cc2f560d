// Keeps the gate's page and parts in the phone, so that a handover can be recorded
// without a network. self.KEPT is written in front of this file by the server: what to
// keep, and a version that changes with any of it. Nothing kept here is about anybody.
import { setting } from "../../../shared/web/static/parts/phone.js";
import { Session } from "../../../shared/web/static/parts/session.js";
import { SESSION, sendWaiting } from "./parts/sender.js";

const { version, shells, assets } = self.KEPT;
const CACHE = `komek-gate-${version}`;
const LANGUAGES = ["ru", "kk", "en"];
const PATIENCE = 4000;

const shellOf = (language) => `${shells}/${language}`;
const languageNow = async () => (await setting("language").catch(() => null)) ?? "ru";

// Pages are fetched without a cookie: they must be the same for everybody.
const keep = async (addresses) => {
  const cache = await caches.open(CACHE);
  await Promise.all(
    addresses.map(async (address) => {
      if (await cache.match(address)) return;
      const answer = await fetch(address, { credentials: "omit" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      await cache.put(address, answer);
    }),
  );
};

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(languageNow().then((language) => keep([...assets, shellOf(language)])));
});

const forgetOthers = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("komek-gate-") && name !== CACHE).map((name) => caches.delete(name)));
};

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  const language = event.data?.keep;
  if (LANGUAGES.includes(language)) event.waitUntil(keep([shellOf(language)]).catch(() => {}));
});

const shellFor = async (url) => {
  const wish = url.searchParams.get("lang");
  const cache = await caches.open(CACHE);
  const first = LANGUAGES.includes(wish) ? await cache.match(shellOf(wish)) : null;
  return first ?? cache.match(shellOf(await languageNow()));
};

const after = (milliseconds) => new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));

// The network first. Only the handover itself opens from memory when it is slow: no
// other page can do its work without an answer.
const page = async (request) => {
  const url = new URL(request.url);
  const isGate = /\/consignments\/[^/]+\/handover\/?$/.test(url.pathname);
  const answer = fetch(request).catch(() => null);
  const first = isGate ? await Promise.race([answer, after(PATIENCE)]) : await answer;
  if (first && first.status < 502) return first;
  return (await shellFor(url)) ?? (await answer) ?? Response.error();
};

const part = async (request) => {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  return kept ?? fetch(request);
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
});

// What waits is sent, though no page is open.
self.addEventListener("sync", (event) => {
  if (event.tag !== "send-handovers") return;
  const sending = sendWaiting(new Session(SESSION)).then((outcome) => {
    if (outcome === "lost") throw new Error("try again later");
  });
  event.waitUntil(sending);
});
