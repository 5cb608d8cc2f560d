// How numbers and days of the gate are written.
import { clock, day, has, nameOf, number, say } from "../../../../shared/web/static/parts/words.js";
import { dayAt } from "./when.js";

export const ENDS = ["accepted", "refused", "damaged", "short"];

export const localDay = (iso) => day(dayAt(Date.parse(iso)));

export const worded = (kind, code) => (has(`${kind}.${code}`) ? say(`${kind}.${code}`) : code);

export const named = (known, code) => nameOf({ product_code: code, ...known.products[code] });

export const measureOf = (known, code) => worded("unit", known.products[code]?.unit_of_issue ?? "");

// A unit by its kind and code; of the community only the code is known here.
export const unitName = ({ kind, unit_code }) => [kind ? worded("kind", kind) : null, unit_code].filter(Boolean).join(" ");

export const four = (line) => say("four", Object.fromEntries(ENDS.map((end) => [end, number(line[end] ?? 0)])));

export const keyOf = (line) => [line.unit_code, line.product_code, line.lot_id].join(" ");

// The lines of two records of one handover that do not say the same.
export const differing = (mine, theirs) => {
  const recorded = new Map(theirs.map((line) => [keyOf(line), line]));
  const isOther = (line) => ENDS.some((end) => (line[end] ?? 0) !== (recorded.get(keyOf(line))[end] ?? 0));
  return mine.filter((line) => recorded.has(keyOf(line)) && isOther(line)).map((line) => ({ mine: line, theirs: recorded.get(keyOf(line)) }));
};

export const asOf = ({ fetched_at: at }) => {
  if (!at) return "";
  return say("as_of", { day: localDay(at), time: clock(at) });
};
