// The answer the phone gives by itself, at once: what was scanned, what will be
// written, what is missing.
import { askingForm, reallyForm } from "./asking.js";
import { button, el, icon } from "../../../../shared/web/static/parts/dom.js";
import { photoButton } from "./photo.js";
import { expiresSoon, expiryOf, lotOf, lotsFor, titleOf, unitsOf, verdict } from "./reading.js";
import { day, has, number, say } from "../../../../shared/web/static/parts/words.js";

const face = (kind, word, sub) => {
  const section = document.getElementById(`face-${kind}`).content.firstElementChild.cloneNode(true);
  section.dataset.face = kind;
  section.querySelector(".word").textContent = word;
  section.querySelector(".sub").textContent = sub;
  return section;
};

const withBody = (section, ...parts) => {
  section.append(el("div", { class: "body" }, ...parts));
  return section;
};

// A code the phone cannot read: why, and what helps.
export const faultCard = (code, filling) => {
  const section = face("halt", say("unreadable"), say("unreadable_sub"));
  section.dataset.fault = code;
  return withBody(section, el("p", {}, has(`fault.${code}`) ? say(`fault.${code}`, filling) : code));
};

const fact = (label, value, css = "") =>
  value ? el("div", {}, el("dt", {}, label), el("dd", { class: css }, value)) : null;

const factsOf = ({ line, seen }) => {
  const expiry = expiryOf(line, seen);
  return el(
    "dl", { class: "facts" },
    fact(say("lot"), lotOf(line, seen), "code"),
    fact(say("use_by"), expiry && day(expiry), "num"),
    fact(say("why_taken"), line.action === "receive" ? line.reason : null),
    fact(say("temperature"), line.temperature_celsius === undefined ? null : String(line.temperature_celsius), "num"),
  );
};

export const amountOf = (entry) => {
  const units = unitsOf(entry.line, entry.seen);
  const sign = { receive: "+", pick: "", count: "=" }[entry.line.action] ?? "";
  return `${sign}${number(units ?? entry.line.quantity)}`;
};

const caseLine = ({ line, seen }) => {
  const per = seen.per_pack ?? line.pack_quantity;
  if (!seen.is_case || !per) return null;
  const filling = { per_pack: number(per), packs: number(line.quantity), units: number(per * line.quantity) };
  return el("p", { class: "case" }, icon("box"), el("span", {}, say("case_of", filling)));
};

const rememberedLine = (entry, doing) => {
  if (!entry.remembered) return null;
  const { lot_number: lot, expires_on: expiry } = entry.remembered;
  const what = [lot && `${say("lot")} ${lot}`, expiry && `${say("use_by")} ${day(expiry)}`].filter(Boolean).join(", ");
  return el(
    "p", { class: "row between remembered" },
    el("span", {}, say("remembered", { what })),
    button(say("change"), doing.change, "b s plain"),
  );
};

// How often the same code was scanned in a row; each scan stays a line of its own.
export const rowLine = (row) =>
  row.count > 1
    ? el("p", { class: "in-a-row", "data-row": row.count }, say("in_a_row", { count: number(row.count), units: number(row.units) }))
    : null;

const faceOf = (entry, snapshot, asks) => {
  const product = snapshot.product(entry.seen.product_code);
  const halt = verdict(entry.line, entry.seen, product);
  const place = entry.line.to_location_code ?? entry.line.location_code ?? "";
  if (halt) return ["halt", say("halt"), say(halt)];
  if (asks.includes("really")) return ["care", say("really", { units: amountOf(entry) }), say("missing_quiet")];
  if (asks.includes("product")) return ["care", say("missing"), say("short.unknown_product")];
  if (asks.includes("pack")) return ["care", say("missing"), say("unknown_pack")];
  if (asks[0] === "lot" && entry.line.action !== "receive") return ["care", say("missing"), say("short.lot_ambiguous")];
  if (asks.length) return ["care", say("missing"), say(SHORT[asks[0]])];
  return ["kept", say("kept"), [amountOf(entry), place].filter(Boolean).join(" · ")];
};

const SHORT = { lot: "short.lot_missing", expiry: "short.expiry_missing", temperature: "short.temperature_missing", reason: "short.shelf_life_too_short" };

const question = (entry, snapshot, asks, doing) => {
  const product = snapshot.product(entry.seen.product_code);
  if (asks.includes("really")) return [reallyForm(entry, product.usual_quantity, doing.sure, doing.answered)];
  if (asks.length === 0) return [];
  const isUnknown = asks.includes("product");
  return [
    el("p", { class: "quiet small" }, say(isUnknown ? "unknown_why" : "missing_quiet")),
    isUnknown ? photoButton(entry) : null,
    askingForm(entry, asks, doing.answered, asks.includes("lot") ? lotsFor(entry.line, entry.seen, snapshot) : []),
    asks.includes("reason") ? button(say("refuse"), doing.refuse, "b stop wide") : null,
    asks.includes("reason") ? null : el("p", { class: "hint" }, say("missing_later")),
  ];
};

// The card of an entry. `doing` holds what its buttons do, `holdPlace` where a box
// goes that may not go on a shelf.
export const entryCard = (entry, { snapshot, asks, row, doing, holdPlace }) => {
  const product = snapshot.product(entry.seen.product_code);
  const halt = verdict(entry.line, entry.seen, product);
  return withBody(
    face(...faceOf(entry, snapshot, asks)),
    halt && holdPlace ? el("p", { class: "todo" }, icon("shelf"), el("span", {}, say("halt_place", { place: holdPlace }))) : null,
    rowLine(row),
    el("div", {}, el("p", { class: product ? "what" : "what code" }, titleOf(entry, snapshot)), factsOf(entry)),
    caseLine(entry),
    expiresSoon(entry.line, entry.seen, product) && !halt ? el("p", { class: "warn-line" }, icon("tri"), el("span", {}, say("expires_soon"))) : null,
    asks.length ? null : rememberedLine(entry, doing),
    question(entry, snapshot, asks, doing),
    halt ? button(say("refuse"), doing.refuse, "b stop wide") : null,
    el(
      "div", { class: "row card-actions" },
      asks.length || halt || entry.remembered ? null : button(say("change"), doing.change, "b s plain"),
      button(say("undo"), doing.undo, "b s plain", "undo"),
      !halt && (product || asks.length) ? button(say("second"), doing.second, "b s plain") : null,
    ),
    asks.length ? null : el("p", { class: "hint" }, say("kept_sub")),
  );
};

export const undoneCard = (entry, snapshot, putBack) =>
  withBody(
    face("kept", say("taken_back"), amountOf(entry)),
    el("p", { class: "what" }, titleOf(entry, snapshot)),
    button(say("put_back"), putBack),
  );
