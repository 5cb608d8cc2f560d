// What a unit asks for: read off what was typed, and judged before and after it goes.
const MOVED_ON = ["requisition_state", "command_id_reused"];

export const QUANTITY_MAX = 1000000;

// A whole number as people type it, null when it is none.
const whole = (text) => {
  const digits = text.replace(/\s/g, "");
  return /^\d{1,7}$/.test(digits) && Number(digits) <= QUANTITY_MAX ? Number(digits) : null;
};

// The lines of what was typed: products with a number above zero.
export const linesOf = ({ quantities, reasons }) =>
  Object.keys(quantities)
    .sort()
    .filter((code) => whole(quantities[code]))
    .map((code) => ({ product_code: code, quantity: whole(quantities[code]), ...(reasons[code] ? { reason: reasons[code] } : {}) }));

export const bodyOf = ({ requisition_id, unit_code, is_draft, typed }) => ({
  requisition_id,
  unit_code,
  needed_by: typed.needed_by,
  delivery_on: typed.delivery_on || null,
  draft: is_draft,
  lines: linesOf(typed),
});

// What keeps it from being sent, by product; `due` says what is still due of each, and
// nothing of what no norm speaks of. A draft may lack reasons.
export const faultsOf = ({ quantities, reasons }, due, isDraft) => {
  const faultOf = ([code, text]) => {
    const asked = text.trim() === "" ? 0 : whole(text);
    if (asked === null) return [[code, "bad_number"]];
    const isOver = code in due && asked > due[code];
    return isOver && !isDraft && !reasons[code] ? [[code, "reason_needed"]] : [];
  };
  return Object.fromEntries(Object.entries(quantities).flatMap(faultOf));
};

export const changeBy = (isTaken, body) => {
  if (isTaken) return { state: "applied", answer: null };
  return { state: MOVED_ON.includes(body.code) ? "conflict" : "refused", answer: body };
};
