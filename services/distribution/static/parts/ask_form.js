// The form of a requisition: what stands in its rows, and what is wrong with it.
import { number, say } from "../../../../shared/web/static/parts/words.js";
import { dayAt } from "./when.js";
import { QUANTITY_MAX } from "./wish.js";

const rowsOf = (form) => [...form.querySelectorAll("[data-ask]")];
const codeOf = (row) => row.dataset.product;
const quantityOf = (row) => row.querySelector("input[type=number]");
const reasonOf = (row) => row.querySelector("[data-over] select");

// More than is due brings up the question why; less hides it.
export const follow = (row) => {
  const question = row.querySelector("[data-over]");
  if (!question) return;
  const { due } = row.dataset;
  const isOver = due !== undefined && Number(quantityOf(row).value) > Number(due);
  question.hidden = !isOver;
  if (!isOver) reasonOf(row).value = "";
};

// What was typed before anybody listened brings up its question, too.
export const followAll = (form) => rowsOf(form).forEach(follow);

export const typedIn = (form) => {
  const rows = rowsOf(form);
  const reasons = rows.map((row) => [codeOf(row), reasonOf(row)?.value]).filter(([, reason]) => reason);
  return {
    needed_by: form.elements.needed_by.value,
    delivery_on: form.elements.delivery_on.value,
    quantities: Object.fromEntries(rows.map((row) => [codeOf(row), quantityOf(row).value])),
    reasons: Object.fromEntries(reasons),
  };
};

// Put what was typed earlier on the form, as `write` of parts/typed.js does; a day that
// is over meanwhile stays away.
export const fill = (form, { needed_by, delivery_on, quantities, reasons }, write) => {
  if (needed_by >= dayAt(Date.now())) {
    write(form.elements.needed_by, needed_by);
    write(form.elements.delivery_on, delivery_on);
  }
  for (const row of rowsOf(form)) {
    const code = codeOf(row);
    write(quantityOf(row), quantities[code] ?? "0");
    if (reasonOf(row)) write(reasonOf(row), reasons[code] ?? "");
    follow(row);
  }
};

// What is still due of each product; of what no norm speaks of, nothing is said.
export const dueIn = (form) => {
  const ruled = rowsOf(form).filter((row) => row.dataset.due !== undefined);
  return Object.fromEntries(ruled.map((row) => [codeOf(row), Number(row.dataset.due)]));
};

// Mark the rows with faults; gives the first of them.
export const showFaults = (form, faults) => {
  for (const row of rowsOf(form)) {
    const said = row.querySelector("[data-fault]");
    const fault = faults[codeOf(row)];
    said.hidden = !fault;
    said.querySelector("span").textContent = fault ? say(fault, { low: 0, high: number(QUANTITY_MAX) }) : "";
    if (fault) row.closest("details")?.setAttribute("open", "");
  }
  return rowsOf(form).find((row) => codeOf(row) in faults) ?? null;
};
