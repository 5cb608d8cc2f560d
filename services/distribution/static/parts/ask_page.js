// The form of a requisition out of the phone's memory.
import { day, facts, number, say } from "../../../../shared/web/static/parts/words.js";
import { el } from "../../../../shared/web/static/parts/dom.js";
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";
import { bindAsking } from "./asking.js";
import { showForm } from "./refusing.js";
import { copyOf, put, rename, tell } from "./slots.js";
import { asOf, measureOf, named, unitName, worded } from "./telling.js";

const some = (value) => (value ? number(value) : null);

const rowFrom = (line, known) => {
  const row = copyOf("ask-row");
  row.dataset.product = line.product_code;
  if (line.due_left === null || line.due_left === undefined) delete row.dataset.due;
  else row.dataset.due = String(line.due_left);
  rename(row, line.product_code);
  put(row, "name", named(known, line.product_code));
  put(row, "measure", measureOf(known, line.product_code));
  tell(row, "due", line.entitlement === null ? null : number(line.entitlement));
  tell(row, "received", some(line.received));
  tell(row, "waiting", some(line.waiting));
  tell(row, "last", line.last_on ? day(line.last_on) : null);
  tell(row, "left", some(line.left_over));
  put(row, "over", number(line.due_left ?? 0));
  const input = row.querySelector("input[type=number]");
  input.value = String(line.suggested);
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

const drawDays = (form, unit) => {
  const choice = document.getElementById("ask-day");
  choice.replaceChildren(...unit.delivery_days.map((one) => el("option", { value: one, selected: one === unit.delivery_on }, day(one))));
  document.getElementById("ask-days").hidden = unit.delivery_days.length === 0;
  choice.addEventListener("change", () => {
    form.elements.needed_by.value = choice.value;
    form.elements.delivery_on.value = choice.value;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
};

// `entry`: what was begun for this unit and can still be changed.
export const drawAsking = (unit, { known, entry, desk }) => {
  const form = document.getElementById("ask");
  const head = document.getElementById("ask-head");
  put(head, "unit", unitName(unit));
  put(head, "place", unit.place);
  put(head, "as-of", [say("worked_out", { day: day(unit.needed_by) }), asOf(known)].join(" "));
  drawRows(unit, known);
  drawDays(form, unit);
  form.dataset.unit = unit.unit_code;
  form.elements.requisition_id.value = uuid7();
  form.elements.needed_by.value = unit.needed_by;
  form.elements.delivery_on.value = unit.delivery_on ?? "";
  bindAsking(form, { account: facts.account, entry }, desk);
  if (entry) document.getElementById("ask-day").value = entry.typed.delivery_on;
  head.hidden = false;
  showForm(form, true);
};
