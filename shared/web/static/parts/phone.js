// What this browser keeps so that work goes on without a network. Pages and the
// service worker open the same database.
//   scans       what was scanned, and how it was answered, in the order of scanning
//   photos      pictures that travel after their scan
//   station     what an account's phone knows of the warehouse; gone after signing out
//   remembered  lot and date of a batch; gone after signing out
//   handovers   what was recorded at a gate, in that order, and how it was answered
//   waybills    photographs of signed waybills that travel after their handover
//   deliveries  what an account's phone knows of deliveries; gone after signing out
//   settings    whose phone it is now, its language, whether it works offline
import { openDB } from "idb";

const NAME = "komek";
const VERSION = 2;
export const UNSENT = ["asking", "waiting", "sending", "signed-out"];
const ANSWERED = ["applied", "duplicate", "attention", "undone"];

let opened = null;

const furnish = (db, version) => {
  if (version < 1) furnishWarehouse(db);
  if (version < 2) furnishGate(db);
};

const furnishGate = (db) => {
  const handovers = db.createObjectStore("handovers", { keyPath: "seq", autoIncrement: true });
  handovers.createIndex("account_state", ["account", "state"]);
  db.createObjectStore("waybills", { keyPath: "photo_id" });
  db.createObjectStore("deliveries");
};

const furnishWarehouse = (db) => {
  const scans = db.createObjectStore("scans", { keyPath: "seq", autoIncrement: true });
  scans.createIndex("scan_id", "line.scan_id", { unique: true });
  scans.createIndex("account_state", ["account", "state"]);
  db.createObjectStore("photos", { keyPath: "scan_id" });
  db.createObjectStore("station");
  db.createObjectStore("remembered");
  db.createObjectStore("settings");
};

const forget = () => {
  opened = null;
};

export const phone = () => {
  opened ??= openDB(NAME, VERSION, {
    upgrade: furnish,
    blocking: (_old, _new, event) => {
      event.target.close();
      forget();
    },
    terminated: forget,
  });
  return opened;
};

export const setting = async (name) => (await phone()).get("settings", name);

export const setSetting = async (name, value) => {
  const db = await phone();
  return value === null ? db.delete("settings", name) : db.put("settings", value, name);
};

// How many scans and handovers of an account no service has answered yet.
export const unsentOf = async (account) => {
  const all = (await phone()).transaction(["scans", "handovers"]);
  const indexes = ["scans", "handovers"].map((name) => all.objectStore(name).index("account_state"));
  const counts = indexes.flatMap((index) => UNSENT.map((state) => index.count([account, state])));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
};

// After signing out nothing is left of a person but what is still to be sent or put
// right; that waits under their account until they sign in again.
export const forgetPerson = async (account) => {
  const db = await phone();
  const change = db.transaction(["scans", "handovers", "station", "remembered", "deliveries", "settings"], "readwrite");
  change.objectStore("station").clear();
  change.objectStore("remembered").clear();
  change.objectStore("deliveries").clear();
  change.objectStore("settings").delete("person");
  // working offline was this person's choice; whoever comes next begins online
  change.objectStore("settings").delete("offline");
  for (const [name, state] of ["scans", "handovers"].flatMap((store) => ANSWERED.map((one) => [store, one]))) {
    let cursor = await change.objectStore(name).index("account_state").openCursor([account, state]);
    while (cursor) {
      cursor.delete();
      cursor = await cursor.continue();
    }
  }
  return change.done;
};
