// Handovers on their way to us. Each is stored before anything else happens to it,
// keeps its id and the time of the gate, and is sent in the order of recording.
import { phone, UNSENT } from "../../../../shared/web/static/parts/phone.js";

const told = "BroadcastChannel" in self ? new BroadcastChannel("komek-handovers") : null;
const listeners = new Set();

if (told) told.onmessage = () => listeners.forEach((listen) => listen());

// Told after every change, whichever page or worker made it.
export const onChange = (listen) => listeners.add(listen);

const tellAll = () => {
  listeners.forEach((listen) => listen());
  told?.postMessage("changed");
};

export const add = async (entry) => {
  const seq = await (await phone()).add("handovers", entry);
  tellAll();
  return { ...entry, seq };
};

export const entries = async () => (await phone()).getAll("handovers");

export const entry = async (seq) => (await phone()).get("handovers", seq);

// The oldest of an account that may go now; it counts as on its way until answered.
export const take = async (account) => {
  const doing = (await phone()).transaction("handovers", "readwrite");
  const all = await doing.store.getAll();
  const next = all.find((one) => one.account === account && UNSENT.includes(one.state));
  if (next) await doing.store.put({ ...next, state: "sending" });
  await doing.done;
  if (next) tellAll();
  return next ?? null;
};

export const settle = async (seq, state, answer = null) => {
  const doing = (await phone()).transaction("handovers", "readwrite");
  const one = await doing.store.get(seq);
  if (one) await doing.store.put({ ...one, state, answer, answered_at: new Date().toISOString() });
  await doing.done;
  tellAll();
};

export const replace = async (seq, changed) => {
  await (await phone()).put("handovers", { ...changed, seq });
  tellAll();
};

export const remove = async (seq) => {
  await (await phone()).delete("handovers", seq);
  tellAll();
};
