// What was seen at the gate, as it is sent; or the sentence that says what is missing.
import { say } from "../../../../shared/web/static/parts/words.js";
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";
import { split } from "./splitting.js";
import { add, addsUp, endsOf, field, reasonOf } from "./sums.js";
import { ENDS } from "./telling.js";
import { keyOf } from "./telling.js";
import { complete } from "./typed.js";

const ALMATY = "+05:00";
const NOON = "12:00";

const namesOf = ({ dataset }) => ({ unit_code: dataset.unit, product_code: dataset.product, lot_id: dataset.lot });

const lineOf = (line, isWhole) => {
  const sent = Number(line.dataset.sent);
  const ends = isWhole ? { accepted: sent, refused: 0, damaged: 0, short: 0 } : endsOf(line);
  return { ...namesOf(line), ...ends, ...(ends.refused ? { refusal_reason: reasonOf(line) } : {}) };
};

const faultOf = (line) => {
  if (!addsUp(line)) return say("not_yet");
  return endsOf(line).refused && !reasonOf(line) ? say("no_reason") : "";
};

const value = (form, name) => form.elements[name]?.value.trim() ?? "";

const receiverOf = (form) => {
  const { policy } = document.getElementById("receiver").dataset;
  if (policy === "not_kept") return { receiver: {} };
  const role = value(form, "receiver_role");
  const number = value(form, "receiver_number");
  if (policy === "required" && !(role && number)) return { fault: say("no_receiver") };
  return { receiver: { ...(role ? { receiver_role: role } : {}), ...(number ? { receiver_number: number } : {}) } };
};

// The moment of the press, or what stands on a paper that came later.
const whenOf = (form) => {
  const day = value(form, "paper_on");
  if (!day) return { occurred_at: new Date().toISOString() };
  return { occurred_at: `${day}T${value(form, "paper_at") || NOON}:00${ALMATY}`, is_from_paper: true };
};

export const recordOf = (form, isWhole) => {
  const lines = [...form.querySelectorAll("[data-line]")];
  const wrong = isWhole ? undefined : lines.find((line) => faultOf(line));
  if (wrong) {
    split();
    return { fault: faultOf(wrong), at: wrong };
  }
  const { receiver, fault } = receiverOf(form);
  if (fault) return { fault, at: document.getElementById("receiver") };
  const corrects = value(form, "corrects");
  return {
    body: {
      command_id: uuid7(),
      ...whenOf(form),
      lines: lines.map((line) => lineOf(line, isWhole)),
      ...(corrects ? { corrects } : {}),
      ...receiver,
    },
  };
};

// Put an earlier record on the form; what is typed already stays, and what the record
// does not say of the receiver stays empty.
export const fill = (form, { lines, receiver_role = "", receiver_number = "" }) => {
  const recorded = new Map(lines.map((line) => [keyOf(line), line]));
  for (const line of form.querySelectorAll("[data-line]")) {
    const known = recorded.get(keyOf(namesOf(line)));
    for (const end of ENDS) complete(field(line, end), String(known?.[end] ?? 0));
    complete(line.querySelector("[data-why] select"), known?.refusal_reason ?? "");
    add(line);
  }
  complete(form.elements.receiver_role, receiver_role);
  complete(form.elements.receiver_number, receiver_number);
};
