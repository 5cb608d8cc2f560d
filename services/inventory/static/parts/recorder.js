// What happens to a scan from the beep to the outbox, one after the other.
import { isSecondCode, join, read, withoutSecrets } from "./decoder.js";
import { asksOf, seenIn } from "./reading.js";
import { forget, lacking, recall, remember, without } from "./remembered.js";
import { Row } from "./row.js";
import { scans } from "./scans.js";
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";

const REMEMBERED = ["lot_number", "expires_on"];

export class Recorder {
  #account; #snapshot; #show; #send; #turn = Promise.resolve();
  #current = null; #row = new Row(); #isSecondNext = false;

  // `show` draws, `send` sends.
  constructor({ account, snapshot, show, send }) {
    this.#account = account;
    this.#snapshot = snapshot;
    this.#show = show;
    this.#send = send;
  }

  get current() {
    return this.#current;
  }

  get row() {
    return this.#row;
  }

  // One scan with what was typed and chosen as it was made: scans that come faster than
  // they are stored keep their order, and each what it was scanned for.
  scanned({ raw, occurredAt, context }) {
    return this.#next(() => this.#take(withoutSecrets(raw), { occurred_at: occurredAt, ...context }));
  }

  secondNext() {
    this.#isSecondNext = true;
    this.#show.secondNext();
  }

  #next(work) {
    this.#turn = this.#turn.then(work).catch((problem) => this.#show.broken(problem));
    return this.#turn;
  }

  async #take(raw, written) {
    const code = read(raw);
    const isSecond = this.#isSecondNext || (isSecondCode(code) && this.#current !== null);
    this.#isSecondNext = false;
    if (code.error && !(isSecond && code.error === "MISSING_COMPANION")) return this.#show.fault(code.error, raw);
    if (isSecond && this.#current && (await this.#joinSecond(raw))) return;
    if (isSecondCode(code)) return this.#show.fault("MISSING_COMPANION", raw);
    await this.#letGo();
    const line = { scan_id: uuid7(), raw, ...written };
    await this.#store({ account: this.#account, line, seen: seenIn(code, this.#snapshot) });
  }

  async #store(bare) {
    const { line, seen } = bare;
    const kept = line.action === "receive" ? await recall(this.#account, seen.product_code, line.gift_number) : null;
    const pack = seen.gtin && seen.per_pack === null ? await recall(this.#account, `pack ${seen.gtin}`) : null;
    const entry = { ...bare, line: { ...line, ...lacking(kept, line, seen), ...(pack ? { pack_quantity: pack.pack_quantity } : {}) } };
    if (kept && REMEMBERED.some((name) => entry.line[name] !== line[name])) entry.remembered = pick(kept, REMEMBERED);
    if (kept?.reason && asksOf(entry, this.#snapshot).includes("reason")) entry.line.reason = kept.reason;
    const asks = asksOf(entry, this.#snapshot);
    this.#current = await scans.add({ ...entry, asks, state: asks.length ? "asking" : "waiting" });
    this.#row.add(this.#current);
    this.#draw();
    if (asks.length === 0) this.#send();
  }

  // The second code of the pack that is on the card; false when it is another pack.
  async #joinSecond(raw) {
    const entry = this.#current;
    const code = join(entry.line.raw, raw);
    if (code.error) return false;
    const changed = await scans.change(entry.seq, (now) => {
      if (!["asking", "waiting"].includes(now.state)) return null;
      const line = { ...without(now.line, now.remembered), second_raw: raw };
      const next = { ...now, line, seen: seenIn(code, this.#snapshot), remembered: null };
      const asks = asksOf(next, this.#snapshot);
      return { ...next, asks, state: asks.length ? "asking" : "waiting" };
    });
    if (!changed) return false;
    this.#current = changed;
    this.#draw();
    if (changed.state === "waiting") this.#send();
    return true;
  }

  // What was typed on the card: written into the scan, remembered for the next packs.
  answered(entry, typed) {
    return this.#next(async () => {
      await this.#keepInMind(entry, typed);
      await this.#rewrite(entry, (now) => ({ ...now, line: { ...now.line, ...typed } }));
    });
  }

  sure(entry) {
    return this.#next(() => this.#rewrite(entry, (now) => ({ ...now, is_sure: true })));
  }

  // Ask again for what will be written, while the scan is still in the phone.
  change(entry) {
    return this.#next(async () => {
      await forget(this.#account, entry.seen.product_code, entry.line.gift_number);
      const asks = entry.line.action === "receive" ? ["lot", "expiry"] : ["lot"];
      const changed = await scans.change(entry.seq, (now) =>
        ["asking", "waiting", "refused"].includes(now.state) ? { ...now, asks, state: "asking", answer: undefined } : null,
      );
      if (!changed) return this.#show.late();
      this.#current = changed;
      this.#draw();
    });
  }

  // Put a scan that waits for an answer on the card again.
  bringBack(entry) {
    return this.#next(() => {
      this.#current = entry;
      this.#show.entry(entry, { count: 1, units: 0 });
    });
  }

  undo(entry) {
    return this.#next(async () => {
      const undone = await scans.change(entry.seq, (now) =>
        ["asking", "waiting"].includes(now.state) ? { ...now, state: "undone" } : null,
      );
      if (!undone) return this.#show.late();
      this.#row.remove(undone);
      this.#current = null;
      this.#show.undone(undone);
    });
  }

  putBack(entry) {
    return this.#next(() => this.#rewrite(entry, (now) => ({ ...now, state: "waiting" })));
  }

  // Goods that are not taken in are recorded as such, under their gift.
  refuse(entry, reason) {
    return this.#next(() => this.#rewrite(entry, (now) => ({ ...now, line: { ...now.line, action: "refuse", reason } })));
  }

  async #rewrite(entry, work) {
    const changed = await scans.change(entry.seq, (now) => {
      const next = work(now);
      const asks = asksOf(next, this.#snapshot).filter((ask) => ask !== "product");
      return { ...next, asks, state: asks.length ? "asking" : "waiting" };
    });
    if (!changed) return this.#show.late();
    this.#row.replace(entry, changed);
    this.#current = changed;
    this.#draw();
    if (changed.state === "waiting") this.#send();
  }

  // A scan that still lacks something goes as it is when the next one comes; the
  // warehouse keeps it in Attention. Only an odd quantity waits for its answer.
  async #letGo() {
    const entry = this.#current;
    if (entry?.state !== "asking" || entry.asks.includes("really")) return;
    await scans.change(entry.seq, (now) => (now.state === "asking" ? { ...now, state: "waiting" } : null));
  }

  async #keepInMind(entry, typed) {
    const { line, seen } = entry;
    const said = pick(typed, [...REMEMBERED, "reason"]);
    const isBatch = line.action === "receive" && seen.product_code && Object.keys(said).length;
    if (isBatch) await remember(this.#account, seen.product_code, line.gift_number, said);
    if (typed.pack_quantity) await remember(this.#account, `pack ${seen.gtin}`, "", pick(typed, ["pack_quantity"]));
  }

  #draw() {
    this.#show.entry(this.#current, this.#row);
  }
}

const pick = (from, names) => Object.fromEntries(names.filter((name) => from[name] !== undefined && from[name] !== null).map((name) => [name, from[name]]));
