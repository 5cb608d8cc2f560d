// The form of a requisition out of the phone's memory.
import { day, facts, number, say } from "../../../../shared/web/static/parts/words.js";
import { el } from "../../../../shared/web/static/parts/dom.js";
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";
import { follow } from "./ask_form.js";
import { bindAsking } from "./asking.js";
import { showForm } from "./refusing.js";
import { copyOf, put, rename, tell } from "./slots.js";
import { asOf, measureOf, named, unitName, worded } from "./telling.js";
import { isTyped } from "./typed.js";
import { dayAt, daysAhead, isCountedFor, lineFor, monthWord, usualDay } from "./when.js";

const some = (value) => (value ? number(value) : null);

// What is suggested takes the place of what was suggested, never of what was typed.
const suggest = (input, quantity) => {
  const stays = isTyped(input);
  input.defaultValue = String(quantity);
  if (!stays) input.value = input.defaultValue;
};

const count = (row, line) => {
  if (line.due_left === null) delete row.dataset.due;
  else row.dataset.due = String(line.due_left);
  tell(row, "due", line.entitlement === null ? null : number(line.entitlement));
  tell(row, "received", some(line.received));
  put(row, "over", number(line.due_left ?? 0));
  suggest(row.querySelector("input[type=number]"), line.suggested);
  follow(row);
};

const rowFrom = (line, known) => {
  const row = copyOf("ask-row");
  row.dataset.product = line.product_code;
  rename(row, line.product_code);
  put(row, "name", named(known, line.product_code));
  put(row, "measure", measureOf(known, line.product_code));
  tell(row, "waiting", some(line.waiting));
  tell(row, "last", line.last_on ? day(line.last_on) : null);
  tell(row, "left", some(line.left_over));
  const input = row.querySelector("input[type=number]");
  input.setAttribute("aria-label", `${input.getAttribute("aria-label")} ${named(known, line.product_code)}`);
  return row;
};

const groupFrom = (title, rows) => {
  const group = copyOf("ask-group");
  put(group, "title", title);
  put(group, "count", say("products", { count: rows.length }));
  group.querySelector("ul").append(...rows);
  return group;
};

const inGroups = (lines, known) => {
  const groups = new Map();
  for (const line of lines) {
    const { category } = known.products[line.product_code];
    groups.set(category, [...(groups.get(category) ?? []), rowFrom(line, known)]);
  }
  const order = facts.categories;
  return [...groups].sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
};

const barredFrom = (line, known) => {
  const row = copyOf("barred");
  put(row, "name", named(known, line.product_code));
  return row;
};

const drawRows = (unit, known) => {
  const admitted = unit.lines.filter((line) => line.is_admitted);
  const due = inGroups(admitted.filter((line) => line.entitlement), known);
  const others = admitted.filter((line) => !line.entitlement).map((line) => rowFrom(line, known));
  const barred = unit.lines.filter((line) => !line.is_admitted).map((line) => barredFrom(line, known));
  document.getElementById("ask-groups").replaceChildren(
    ...due.map(([category, rows]) => groupFrom(worded("category", category), rows)),
    ...(barred.length ? [groupFrom(say("barred"), barred)] : []),
    ...(others.length ? [groupFrom(say("other_products"), others)] : []),
  );
};

// Everything on the form that depends on the day; of a month the phone does not know
// it says so, and suggests nothing.
const countFor = (form, unit) => {
  const wanted = form.elements.needed_by.value;
  const lines = new Map(unit.lines.map((line) => [line.product_code, lineFor(unit, wanted, line)]));
  form.querySelectorAll("[data-ask]").forEach((row) => count(row, lines.get(row.dataset.product)));
  const other = document.getElementById("ask-month");
  put(other, "month", say("other_month", { month: monthWord(wanted) }));
  put(other, "known", say("known_month", { month: monthWord(unit.needed_by) }));
  other.hidden = isCountedFor(unit, wanted);
};

const drawDays = (form, unit, days) => {
  const choice = document.getElementById("ask-day");
  choice.replaceChildren(...days.map((one) => el("option", { value: one }, day(one))));
  document.getElementById("ask-days").hidden = days.length === 0;
  choice.addEventListener("change", () => {
    form.elements.needed_by.value = choice.value;
    form.elements.delivery_on.value = choice.value;
    countFor(form, unit);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
};

// The day a requisition that was begun is for, unless that is over.
const dayOf = (unit, entry, now) => {
  const begun = entry?.typed.needed_by;
  return begun >= dayAt(now) ? begun : usualDay(unit, now);
};

// `entry`: what was begun for this unit and can still be changed.
export const drawAsking = (unit, { known, entry, desk }) => {
  const now = Date.now();
  const form = document.getElementById("ask");
  const head = document.getElementById("ask-head");
  const days = daysAhead(unit, now);
  const wanted = dayOf(unit, entry, now);
  put(head, "unit", unitName(unit));
  put(head, "place", unit.place);
  put(head, "as-of", [say("worked_out", { month: monthWord(unit.needed_by) }), asOf(known)].join(" "));
  drawRows(unit, known);
  drawDays(form, unit, days);
  form.dataset.unit = unit.unit_code;
  form.elements.requisition_id.value = uuid7();
  form.elements.needed_by.value = wanted;
  form.elements.delivery_on.value = days.includes(wanted) ? wanted : "";
  countFor(form, unit);
  bindAsking(form, { account: facts.account, entry }, desk);
  document.getElementById("ask-day").value = form.elements.delivery_on.value;
  head.hidden = false;
  showForm(form, true);
};
