// Asks a person what a scan does not say, and nothing besides.
import { printedDate, typedDate } from "./dates.js";
import { el, icon } from "../../../../shared/web/static/parts/dom.js";
import { holdsCode } from "./free_text.js";
import { expiryOf, lotOf, unitsOf } from "./reading.js";
import { day, number, say } from "../../../../shared/web/static/parts/words.js";

const LOT = /^[A-Za-z0-9!"%&'()*+,\-./_:;<=>?]{1,20}$/;
const QUANTITY_MAX = 1000000;

const whole = (text) => (/^\d{1,7}$/.test(text) && Number(text) >= 1 && Number(text) <= QUANTITY_MAX ? Number(text) : null);
const celsius = (text) => {
  const read = Number(text.replace(",", ".").replace("−", "-"));
  return Number.isFinite(read) ? read : null;
};
const lotNumber = (text) => (LOT.test(text) ? text : null);
const words = (text) => (holdsCode(text) ? null : text.slice(0, 120));

// Each field: the name the warehouse knows, its words, how it is read. `wrong` is said
// of what is missing or cannot be read; of the latter `unfit` instead, where it is there.
const FIELDS = {
  lot: { name: "lot_number", label: "lot", hint: "lot_hint", wrong: "bad_lot", read: lotNumber, css: "code", autocapitalize: "characters" },
  expiry: { name: "expires_on", label: "use_by", hint: "date_hint", wrong: "bad_date", read: printedDate, inputmode: "decimal" },
  temperature: { name: "temperature_celsius", label: "temperature", hint: "temperature_hint", wrong: "bad_temperature", read: celsius, inputmode: "decimal" },
  pack: { name: "pack_quantity", label: "pack_quantity", wrong: "bad_number", read: whole, inputmode: "numeric" },
  reason: { name: "reason", label: "why_taken", hint: "why_taken_hint", wrong: "bad_reason", unfit: "short.code_in_text", read: words, maxlength: 120 },
  product: { name: "description", label: "describe", hint: "describe_hint", unfit: "short.code_in_text", read: words, isFree: true, maxlength: 120 },
  quantity: { name: "quantity", label: "how_many_scans", wrong: "bad_number", read: whole, inputmode: "numeric" },
};

const known = (entry, ask) =>
  ({
    lot: lotOf(entry.line, entry.seen) ?? "",
    expiry: typedDate(expiryOf(entry.line, entry.seen)),
    quantity: String(entry.line.quantity),
  })[ask] ?? "";

const field = (entry, ask) => {
  const facts = FIELDS[ask];
  const id = `ask-${facts.name}`;
  const input = el("input", {
    id, name: facts.name, value: known(entry, ask), class: facts.css, inputmode: facts.inputmode,
    autocomplete: "off", autocapitalize: facts.autocapitalize, maxlength: facts.maxlength,
    "aria-describedby": `${id}-hint ${id}-error`,
  });
  const wrong = el("p", { class: "err", id: `${id}-error`, hidden: true }, icon("tri"), el("span"));
  const hint = facts.hint ? el("p", { class: "hint", id: `${id}-hint` }, say(facts.hint)) : null;
  return { facts, input, wrong, box: el("div", { class: "field" }, el("label", { for: id }, say(facts.label)), hint, input, wrong) };
};

const checked = ({ facts, input, wrong }) => {
  const typed = input.value.trim();
  const read = typed === "" && facts.isFree ? "" : facts.read(typed);
  const isWrong = read === null || (typed === "" && !facts.isFree);
  wrong.hidden = !isWrong;
  if (isWrong) wrong.querySelector("span").textContent = say(typed && facts.unfit ? facts.unfit : facts.wrong);
  input.toggleAttribute("aria-invalid", isWrong);
  return isWrong ? null : read;
};

// One press says which lot it is, as it stands in the books; a lot that is not among
// them is typed.
const lotButtons = (lots, choose) =>
  lots.length
    ? el(
        "div", { class: "chips", role: "group", "aria-label": say("which_lot") },
        lots.map((lot) =>
          el("button", { type: "button", class: "b", onclick: () => choose(lot) }, [lot.lot_number, lot.expires_on && day(lot.expires_on)].filter(Boolean).join(" · ")),
        ),
      )
    : null;

// The form; `answered` gets what was typed, by the names the warehouse knows. `lots`
// are those to choose from.
export const askingForm = (entry, asks, answered, lots = []) => {
  let chosen = {};
  const fields = [...asks.filter((ask) => FIELDS[ask]), "quantity"].map((ask) => field(entry, ask));
  const submit = (event) => {
    event.preventDefault();
    const read = fields.map(checked);
    const bad = read.indexOf(null);
    if (bad >= 0) return fields[bad].input.focus();
    const typed = Object.fromEntries(fields.map(({ facts }, n) => [facts.name, read[n]]).filter((pair) => pair[1] !== ""));
    const isChosen = typed.lot_number === chosen.lot_number;
    answered(isChosen && chosen.expires_on ? { ...typed, expires_on: chosen.expires_on } : typed);
  };
  const choose = (lot) => {
    chosen = lot;
    fields.find(({ facts }) => facts.name === "lot_number").input.value = lot.lot_number;
    form.requestSubmit();
  };
  const form = el(
    "form", { class: "stack", novalidate: true, autocomplete: "off", onsubmit: submit },
    lotButtons(lots, choose),
    fields.map((one) => one.box),
    el("div", { class: "stack-s" }, el("button", { class: "b main wide xl" }, say("record"))),
  );
  return form;
};

// Ten times the usual: one press says it is meant, the field says it is not.
export const reallyForm = (entry, usual, sure, answered) => {
  const units = number(unitsOf(entry.line, entry.seen));
  return el(
    "div", { class: "stack" },
    el("p", {}, say("really_why", { usual: number(usual) })),
    el("button", { type: "button", class: "b wide", onclick: sure }, say("really_yes", { units })),
    askingForm(entry, [], answered),
  );
};
