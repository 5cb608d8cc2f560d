// What a scan says before the warehouse has answered: product, units, lot, date, and
// what a person still has to say.
import { today } from "./decoder.js";
import { nameOf } from "../../../../shared/web/static/parts/words.js";

const NEVER_TAKEN_IN = ["refuse", "bms"];
const MUCH = 10;
const DAY = 24 * 60 * 60 * 1000;

// The facts of a decoded scan, looked up in what the phone knows.
export const seenIn = (code, snapshot) => {
  if (!code) return { isRead: false };
  const gtin = code.gtin ?? code.content_gtin ?? null;
  const pack = gtin ? snapshot.pack(gtin) : null;
  const inner = pack || !gtin ? null : contents(gtin, snapshot);
  const perCase = code.content_gtin && !code.gtin ? (code.count ?? 1) : 1;
  return {
    isRead: true,
    gtin,
    product_code: (pack ?? inner)?.product.product_code ?? null,
    per_pack: pack ? pack.quantity * perCase : null,
    is_case: Boolean(inner) || (pack?.quantity ?? 1) * perCase > 1,
    lot: code.lot ?? null,
    expiry: [code.expiry, code.best_before].filter(Boolean).sort()[0] ?? null,
    is_doubtful: (code.warnings ?? []).includes("SUSPECT_MISSING_GS"),
  };
};

// A case whose number is its pack's but for the first digit: GS1 lets the maker number
// cases so, and then only the number inside is unknown.
const contents = (gtin, snapshot) => {
  if (!/^[1-8]\d{13}$/.test(gtin)) return null;
  const body = `0${gtin.slice(1, 13)}`;
  return snapshot.pack(body + checkDigit(body));
};

const checkDigit = (body) => {
  const sum = [...body].reduce((total, digit, n) => total + Number(digit) * (n % 2 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
};

export const unitsOf = (line, seen) => {
  const per = seen.per_pack ?? line.pack_quantity ?? null;
  return per === null ? null : per * line.quantity;
};

export const lotOf = (line, seen) => line.lot_number ?? seen.lot ?? null;
export const expiryOf = (line, seen) => line.expires_on ?? seen.expiry ?? null;

// What is asked before a scan goes out. Without a catalogue nothing is asked: then the
// warehouse says what is missing.
export const asksOf = (entry, snapshot) => {
  const { line, seen } = entry;
  if (!snapshot.isThere || !seen.isRead || line.action === "refuse") return [];
  const product = snapshot.product(seen.product_code);
  if (!product) return ["product"];
  const asks = [];
  if (seen.per_pack === null && !line.pack_quantity) asks.push("pack");
  if (line.action === "receive" && !verdict(line, seen, product)) asks.push(...receiptAsks(line, seen, product));
  if (lotsFor(line, seen, snapshot).length > 1) asks.push("lot");
  if (asks.length === 0 && !entry.is_sure && isMuch(line, seen, product)) asks.push("really");
  return asks;
};

// The lots a move or a count may mean when nobody has said which.
export const lotsFor = (line, seen, snapshot) => {
  if (!["move", "count"].includes(line.action) || line.lot_id || lotOf(line, seen)) return [];
  const there = snapshot.lotsAt(seen.product_code, line.location_code);
  const expiry = expiryOf(line, seen);
  return expiry ? there.filter((lot) => lot.expires_on === expiry) : there;
};

const receiptAsks = (line, seen, product) => {
  const isDoubtful = seen.is_doubtful && !line.lot_number;
  const needs = product.needs ?? [];
  const asks = [];
  if (isDoubtful || (needs.includes("lot") && !lotOf(line, seen))) asks.push("lot");
  if (isDoubtful || (needs.includes("expiry") && !expiryOf(line, seen))) asks.push("expiry");
  if (product.temperature_range && line.temperature_celsius === undefined) asks.push("temperature");
  if (asks.length === 0 && expiresSoon(line, seen, product) && !line.reason) asks.push("reason");
  return asks;
};

const isMuch = (line, seen, product) =>
  Boolean(product.usual_quantity) && unitsOf(line, seen) >= MUCH * product.usual_quantity;

// Why goods at the door do not go on a shelf, as far as the phone can tell; else null.
export const verdict = (line, seen, product) => {
  if (line.action !== "receive" || !product) return null;
  if (product.flags.some((flag) => NEVER_TAKEN_IN.includes(flag))) return "product_refused";
  const expiry = expiryOf(line, seen);
  return expiry && expiry < today() ? "expired" : null;
};

export const expiresSoon = (line, seen, product) => {
  const expiry = expiryOf(line, seen);
  if (line.action !== "receive" || !product?.min_days_at_receipt || !expiry) return false;
  const days = (Date.parse(expiry) - Date.parse(today())) / DAY;
  return days < product.min_days_at_receipt;
};

export const titleOf = (entry, snapshot) => {
  const product = snapshot.product(entry.seen.product_code ?? entry.line.product_code);
  return product ? nameOf(product) : (entry.seen.gtin ?? entry.line.raw ?? "");
};
