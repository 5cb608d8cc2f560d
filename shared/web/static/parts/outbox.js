// What was made in this phone, on its way to a service. An entry is stored before
// anything else happens to it, keeps its id and its time, and is sent in the order in
// which it was made.
import { ANSWERED, phone } from "./phone.js";

// Entries in these states go by themselves as soon as they can.
export const OPEN = ["waiting", "sending", "signed-out"];

const PATIENCE = 3000;

export class Outbox {
  #store; #channel; #listeners = new Set();

  // `store` keeps entries with `seq`, `account` and `state` in the phone's database.
  constructor(store) {
    this.#store = store;
    this.#channel = "BroadcastChannel" in self ? new BroadcastChannel(`komek-${store}`) : null;
    if (this.#channel) this.#channel.onmessage = (event) => this.#hear(event.data);
  }

  // Told after every change, whichever page or worker made it, with what was answered.
  onChange(listen) {
    this.#listeners.add(listen);
  }

  async add(entry) {
    const seq = await (await phone()).add(this.#store, entry);
    this.#tell();
    return { ...entry, seq };
  }

  async entries() {
    return (await phone()).getAll(this.#store);
  }

  async entry(seq) {
    return (await phone()).get(this.#store, seq);
  }

  // Change an entry that nobody is sending just now; null when it is too late for that.
  // A try that is on its way is waited for: without a network it ends at once.
  async change(seq, work, wasGoing = false) {
    let isGoing = false;
    const changed = await this.#writing(async (store) => {
      const entry = await store.get(seq);
      isGoing = entry?.state === "sending";
      const isLate = !entry || isGoing || (wasGoing && !OPEN.includes(entry.state));
      const next = isLate ? null : work(entry);
      if (next) await store.put(next);
      return next;
    });
    if (changed) this.#tell();
    if (!isGoing || wasGoing) return changed;
    await this.#endOfTry(seq);
    return this.change(seq, work, true);
  }

  async remove(seq) {
    await (await phone()).delete(this.#store, seq);
    this.#tell();
  }

  // Take the oldest of an account that may go; they count as on their way until answered.
  async take(account, most) {
    const taken = await this.#writing(async (store) => {
      const open = (await store.getAll()).filter((entry) => entry.account === account && OPEN.includes(entry.state));
      const first = open.slice(0, most);
      for (const entry of first) await store.put({ ...entry, state: "sending" });
      return first;
    });
    if (taken.length) this.#tell();
    return taken;
  }

  async giveBack(taken, state = "waiting") {
    await this.#writing(async (store) => {
      for (const { seq } of taken) {
        const entry = await store.get(seq);
        if (entry?.state === "sending") await store.put({ ...entry, state });
      }
    });
    this.#tell();
  }

  // Write how each of the taken was answered: what is to change of it, in their order.
  async settle(taken, changes) {
    const answered_at = new Date().toISOString();
    const answered = taken.map((entry, n) => ({ ...entry, answered_at, ...changes[n] }));
    await this.#writing(async (store) => {
      for (const entry of answered) await store.put(entry);
    });
    this.#tell(answered);
  }

  // Done with: what was answered well and of which `isOld` says so.
  async forgetOld(isOld) {
    await this.#writing(async (store) => {
      for (const entry of await store.getAll()) {
        if (ANSWERED.includes(entry.state) && isOld(entry)) await store.delete(entry.seq);
      }
    });
  }

  async #writing(work) {
    const doing = (await phone()).transaction(this.#store, "readwrite");
    const [done] = await Promise.all([work(doing.store), doing.done]);
    return done;
  }

  #endOfTry(seq) {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve();
      };
      const look = async () => (await this.entry(seq))?.state === "sending" || end();
      const timer = setTimeout(end, PATIENCE);
      this.#listeners.add(look);
      look();
    });
  }

  #hear(told) {
    this.#listeners.forEach((listen) => listen(told));
  }

  #tell(answered = []) {
    this.#hear({ answered });
    this.#channel?.postMessage({ answered });
  }
}
