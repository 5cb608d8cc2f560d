// Scans on their way to the warehouse. A scan is stored before anything else happens
// to it, keeps its id and its time, and is sent in the order of scanning.
import { phone } from "../../../../shared/web/static/parts/phone.js";

const OPEN = ["waiting", "sending", "signed-out"];
const LEGACY = "komek.scans.";
const told = "BroadcastChannel" in self ? new BroadcastChannel("komek-scans") : null;
const listeners = new Set();

if (told) told.onmessage = (event) => listeners.forEach((listen) => listen(event.data));

// Told after every change, whichever page or worker made it, with what was answered.
export const onChange = (listen) => listeners.add(listen);

const tellAll = (answered = []) => {
  listeners.forEach((listen) => listen({ answered }));
  told?.postMessage({ answered });
};

export const add = async (entry) => {
  const seq = await (await phone()).add("scans", entry);
  tellAll();
  return { ...entry, seq };
};

export const entries = async () => (await phone()).getAll("scans");

export const entryOf = async (scanId) => (await phone()).getFromIndex("scans", "scan_id", scanId);

// Change an entry that nobody is sending just now; null when it is too late for that.
export const change = async (seq, work) => {
  const doing = (await phone()).transaction("scans", "readwrite");
  const entry = await doing.store.get(seq);
  const changed = entry && entry.state !== "sending" ? work(entry) : null;
  if (changed) await doing.store.put(changed);
  await doing.done;
  if (changed) tellAll();
  return changed;
};

export const remove = async (seq) => {
  const db = await phone();
  const entry = await db.get("scans", seq);
  await db.delete("scans", seq);
  if (entry) await db.delete("photos", entry.line.scan_id);
  tellAll();
};

// Take the oldest that may go; they count as on their way until they are answered.
export const take = async (account, most) => {
  const doing = (await phone()).transaction("scans", "readwrite");
  const all = await doing.store.getAll();
  const open = all.filter((entry) => entry.account === account && OPEN.includes(entry.state));
  const taken = open.slice(0, most);
  for (const entry of taken) await doing.store.put({ ...entry, state: "sending" });
  await doing.done;
  if (taken.length) tellAll();
  return taken;
};

export const giveBack = async (taken, state = "waiting") => {
  const doing = (await phone()).transaction("scans", "readwrite");
  for (const { seq } of taken) {
    const entry = await doing.store.get(seq);
    if (entry?.state === "sending") await doing.store.put({ ...entry, state });
  }
  await doing.done;
  tellAll();
};

export const settle = async (taken, results) => {
  const doing = (await phone()).transaction("scans", "readwrite");
  const at = new Date().toISOString();
  const answered = taken.map((entry, n) => ({ ...entry, state: results[n].status, answer: results[n], answered_at: at }));
  for (const entry of answered) await doing.store.put(entry);
  await doing.done;
  tellAll(answered);
};

// Answers are kept for the day; what still needs a person stays until it is settled.
export const forgetOldAnswers = async (isToday) => {
  const doing = (await phone()).transaction("scans", "readwrite");
  for (const entry of await doing.store.getAll()) {
    const isDone = ["applied", "duplicate", "attention", "undone"].includes(entry.state);
    if (isDone && !isToday(entry.answered_at ?? entry.line.occurred_at)) await doing.store.delete(entry.seq);
  }
  await doing.done;
};

// What an earlier version of the page left waiting is taken over once.
export const takeOver = async () => {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(LEGACY));
  for (const key of keys) {
    const account = key.slice(LEGACY.length);
    for (const line of read(key)) {
      const isThere = await entryOf(line.scan_id);
      if (!isThere) await add({ account, state: "waiting", asks: [], seen: {}, line });
    }
    localStorage.removeItem(key);
  }
};

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
};
