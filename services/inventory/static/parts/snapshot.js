// What the phone knows of the warehouse, for as long as this account is signed in.
import { keepKnown, phone } from "../../../../shared/web/static/parts/phone.js";

const ADDRESS = "/inventory/api/v1/station";
const NOTHING = { products: [], locations: [], gifts: [], pick_lists: [], count_sheets: [], lots: [] };
const GTIN_LENGTH = 14;

export class Snapshot {
  #account; #kept = null; #packs = new Map(); #products = new Map();

  constructor(account) {
    this.#account = account;
  }

  get isThere() {
    return this.#kept !== null;
  }

  get fetchedAt() {
    return this.#kept?.fetched_at ?? null;
  }

  get body() {
    return this.#kept?.body ?? NOTHING;
  }

  async load() {
    this.#take((await (await phone()).get("station", this.#account)) ?? null);
  }

  // Ask for what changed; true when something did. No answer changes nothing.
  async refresh() {
    const etag = this.#kept?.etag;
    let answer;
    try {
      answer = await fetch(ADDRESS, {
        headers: { Accept: "application/json", ...(etag ? { "If-None-Match": etag } : {}) },
        credentials: "same-origin",
        signal: AbortSignal.timeout?.(30000),
      });
      if (!answer.ok) return answer.status === 304 && (await this.#keep({ ...this.#kept }), false);
      const body = await answer.json();
      await this.#keep({ etag: answer.headers.get("ETag"), body: { ...NOTHING, ...body } });
      return true;
    } catch {
      return false;
    }
  }

  async #keep(kept) {
    const fresh = { ...kept, fetched_at: new Date().toISOString() };
    await keepKnown("station", fresh, this.#account);
    this.#take(fresh);
  }

  #take(kept) {
    this.#kept = kept;
    this.#packs = new Map();
    this.#products = new Map(this.body.products.map((product) => [product.product_code, product]));
    for (const product of this.body.products) {
      for (const pack of product.packs) {
        this.#packs.set(pack.gtin.padStart(GTIN_LENGTH, "0"), { product, quantity: pack.quantity });
      }
    }
  }

  product(code) {
    return this.#products.get(code) ?? null;
  }

  // The lots a product has at a place, where it has several: only the pack tells them apart.
  lotsAt(code, place) {
    return this.body.lots.filter((lot) => lot.product_code === code && lot.location_code === place);
  }

  // The product and the units of a pack with this number; null when it is not known.
  pack(gtin) {
    return this.#packs.get(gtin.padStart(GTIN_LENGTH, "0")) ?? null;
  }
}
