// From the cut elements to what the scan says, under the names of API.md.
import { refuse } from "./faults.js";
import { formOf } from "./numbers.js";
import { judge, readDate } from "./values.js";

const EXCLUDES = { "01": ["02", "37"], "02": ["01", "03"], "03": ["02"], 37: ["01"] };
const NEEDS_ALL = { "02": ["37"], 37: ["00", "02"], 415: ["8020"] };
const NEEDS_ONE = { 21: ["01", "03", "8006"] };
const MAY_COME_FIRST = ["10", "11", "15", "17", "20", "240"];
for (const ai of MAY_COME_FIRST) NEEDS_ONE[ai] = ["01", "02", "03", "8006", "8026"];
const KEYS = ["00", "01", "02", "03", "8006", "8026"];

// The order in which an answer names them.
export const NAMES = {
  gtin: "01", lot: "10", serial: "21", expiry: "17", best_before: "15", production_date: "11",
  variant: "20", var_count: "30", content_gtin: "02", count: "37", sscc: "00",
  additional_id: "240", order_no: "400", ship_to_gln: "410",
};
const DATES = new Set(["11", "15", "17"]);
const COUNTS = new Set(["30", "37"]);

export const hasKey = (identifiers) => KEYS.some((ai) => identifiers.includes(ai));

// Which elements may stand together. Without any key, lot and dates are let pass:
// their key stands in another symbol of the pack.
export const checkPairing = (identifiers) => {
  identifiers.forEach((ai, place) => {
    const before = identifiers.slice(0, place);
    if (EXCLUDES[ai]?.some((other) => before.includes(other))) refuse("AI_CONFLICT");
  });
  const isKeyed = hasKey(identifiers);
  const isThere = (other) => identifiers.includes(other);
  for (const ai of identifiers) {
    if (!isKeyed && MAY_COME_FIRST.includes(ai)) continue;
    if (!(NEEDS_ALL[ai] ?? []).every(isThere)) refuse("MISSING_COMPANION");
    if (NEEDS_ONE[ai] && !NEEDS_ONE[ai].some(isThere)) refuse("MISSING_COMPANION");
  }
};

export const markingOf = (identifiers) => {
  if (identifiers.includes("91") && identifiers.includes("92")) return "full";
  return identifiers.includes("93") ? "short" : null;
};

// A separator was probably lost: a date inside a lot or serial, a key at its end.
const SWALLOWED_DATE = /.1[1357][0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])/;
const SWALLOWED_MARK = /.9[13].{4}$/;

const suspects = (values) => {
  const lot = values.get("10") ?? "";
  const serial = values.get("21") ?? "";
  return SWALLOWED_DATE.test(lot) || SWALLOWED_DATE.test(serial) || SWALLOWED_MARK.test(serial);
};

const named = (ai, value, today) => {
  if (DATES.has(ai)) return readDate(value, today);
  return COUNTS.has(ai) ? Number(value) : value;
};

// Only what the code spoke of is there, in the order of the public interface.
export const answerOf = ({ kind, facts, identifiers, warnings }) => {
  const { gtin, ...others } = facts;
  return Object.fromEntries(
    Object.entries({
      kind,
      gtin,
      ...(gtin ? formOf(gtin) : {}),
      ...others,
      marking: markingOf(identifiers),
      warnings: warnings.length ? warnings : null,
    }).filter(([, value]) => value !== undefined && value !== null),
  );
};

const scanOf = (kind, values, today, warnings) => {
  const facts = {};
  for (const [name, ai] of Object.entries(NAMES)) {
    if (values.has(ai)) facts[name] = named(ai, values.get(ai), today);
  }
  return { kind, facts, values, identifiers: [...values.keys()], warnings };
};

// Judge each element as it is cut; the same one again must say the same. Beside a
// second symbol of the pack (`isAlone` false) pairing is judged over both, later.
export const read = (kind, elements, { today, isAlone = true }) => {
  const values = new Map();
  for (const [ai, value] of elements) {
    judge(ai, value, today);
    if (values.has(ai) && values.get(ai) !== value) refuse("DUPLICATE_AI");
    values.set(ai, value);
  }
  const identifiers = [...values.keys()];
  if (isAlone) checkPairing(identifiers);
  const warnings = [];
  if (kind === "element" && suspects(values)) warnings.push("SUSPECT_MISSING_GS");
  if (!hasKey(identifiers)) warnings.push("NO_KEY");
  return scanOf(kind, values, today, warnings);
};

export const readOne = (kind, ai, value, { today }) => scanOf(kind, new Map([[ai, value]]), today, []);
