// What this browser keeps so that work goes on without a network. Pages and the
// service worker open the same database.
//   scans         what was scanned, and how it was answered, in the order of scanning
//   photos        pictures that travel after their scan
//   station       what an account's phone knows of the warehouse
//   remembered    lot and date of a batch
//   handovers     what was recorded at a gate, in that order, and how it was answered
//   waybills      photographs of signed waybills that travel after their handover
//   requisitions  what is asked for, still being written or sent, and how it was answered
//   deliveries    what an account's phone knows of its deliveries and units
//   settings      whose phone it is now, the session that was left on it last, its
//                 language, whether it works offline
// What a phone knows, and what was answered, goes when its owner signs out.
import { openDB } from "idb";

const NAME = "komek";
const VERSION = 3;
const QUEUES = ["scans", "handovers", "requisitions"];
const PICTURES = ["photos", "waybills"];
const KNOWN = ["station", "remembered", "deliveries"];
export const UNSENT = ["asking", "waiting", "sending", "signed-out"];
const UNWRITTEN = "draft";
export const ANSWERED = ["applied", "duplicate", "attention", "undone"];
export const CACHE_NAMES = "komek-";

let opened = null;

const furnish = (db, version) => {
  if (version < 1) furnishWarehouse(db);
  if (version < 2) furnishGate(db);
  if (version < 3) furnishQueue(db, "requisitions");
};

const furnishQueue = (db, name) => {
  const queue = db.createObjectStore(name, { keyPath: "seq", autoIncrement: true });
  queue.createIndex("account_state", ["account", "state"]);
  return queue;
};

const furnishGate = (db) => {
  furnishQueue(db, "handovers");
  db.createObjectStore("waybills", { keyPath: "photo_id" });
  db.createObjectStore("deliveries");
};

const furnishWarehouse = (db) => {
  furnishQueue(db, "scans").createIndex("scan_id", "line.scan_id", { unique: true });
  db.createObjectStore("photos", { keyPath: "scan_id" });
  db.createObjectStore("station");
  db.createObjectStore("remembered");
  db.createObjectStore("settings");
};

const lose = () => {
  opened = null;
};

export const phone = () => {
  opened ??= openDB(NAME, VERSION, {
    upgrade: furnish,
    blocking: (_old, _new, event) => {
      event.target.close();
      lose();
    },
    terminated: lose,
  });
  return opened;
};

export const setting = async (name) => (await phone()).get("settings", name);

export const setSetting = async (name, value) => {
  const db = await phone();
  return value === null ? db.delete("settings", name) : db.put("settings", value, name);
};

// How much of an account's work no service has answered yet, pictures included.
export const unsentOf = async (account) => {
  const all = (await phone()).transaction([...QUEUES, ...PICTURES]);
  const indexes = QUEUES.map((name) => all.objectStore(name).index("account_state"));
  const counts = indexes.flatMap((index) => [...UNSENT, UNWRITTEN].map((state) => index.count([account, state])));
  const pictures = await Promise.all(PICTURES.map((name) => all.objectStore(name).getAll()));
  const mine = pictures.flat().filter((picture) => picture.account === account).length;
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, mine);
};

const forgetAnswered = async (queue, account) => {
  const index = queue.index("account_state");
  for (const state of ANSWERED) {
    for (const seq of await index.getAllKeys([account, state])) queue.delete(seq);
  }
};

// Nothing is left of a person but what is still to be sent or put right; that waits
// under their account until they sign in again.
const forget = async (change, account) => {
  KNOWN.forEach((name) => change.objectStore(name).clear());
  change.objectStore("settings").delete("person");
  // working offline was this person's choice; whoever comes next begins online
  change.objectStore("settings").delete("offline");
  for (const name of QUEUES) await forgetAnswered(change.objectStore(name), account);
};

const changing = async (work) => {
  const change = (await phone()).transaction([...QUEUES, ...KNOWN, "settings"], "readwrite");
  const [done] = await Promise.all([work(change), change.done]);
  return done;
};

// Whoever is signed in now owns the phone; of who came before, what is to go goes,
// though they never signed out. False when it is a session that was left: it may not
// have ended yet, but it never owns the phone again.
export const ownedBy = ({ account_id, display_name, session }) =>
  changing(async (change) => {
    const settings = change.objectStore("settings");
    const [before, left] = await Promise.all([settings.get("person"), settings.get("left")]);
    if (session && session === left) return false;
    if (before && before.account_id !== account_id) await forget(change, before.account_id);
    await settings.put({ account_id, display_name, session }, "person");
    return true;
  });

// Keep what an account may know, unless the phone has another owner by then.
export const keepKnown = async (name, value, account) => {
  const change = (await phone()).transaction([name, "settings"], "readwrite");
  const owner = await change.objectStore("settings").get("person");
  if (owner?.account_id === account) await change.objectStore(name).put(value, account);
  await change.done;
};

// What opens without a network is kept anew by the next page that opens.
export const emptyCaches = async () => {
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name.startsWith(CACHE_NAMES)).map((name) => caches.delete(name)));
};

// Whoever signs out has left from here on, whatever becomes of the network.
export const forgetPerson = (account, session) =>
  changing(async (change) => {
    if (session) change.objectStore("settings").put(session, "left");
    await forget(change, account);
  });
