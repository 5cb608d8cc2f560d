// A delivery out of the phone's memory: to hand it over, or to put right what was
// recorded of it.
import { day, facts, number, say } from "../../../../shared/web/static/parts/words.js";
import { handoverPage } from "./addresses.js";
import { findLines } from "./finding.js";
import { bindHandover } from "./handing.js";
import { fill } from "./record.js";
import { copyOf, put, rename } from "./slots.js";
import { split } from "./splitting.js";
import { add, field } from "./sums.js";
import { measureOf, named, unitName } from "./telling.js";
import { dayAt } from "./when.js";

const isExpired = ({ expires_on: last }) => Boolean(last) && last < dayAt(Date.now());

// Why goods go back to the warehouse, whatever the gate would let through.
const whyBack = (line) => {
  if (line.is_closed) return "unit_closed";
  return isExpired(line) ? "too_near_expiry" : "";
};

const lineFrom = (line, place, known) => {
  const drawn = copyOf("line");
  Object.assign(drawn.dataset, { sent: line.quantity, unit: line.unit_code, product: line.product_code, lot: line.lot_id });
  rename(drawn, place);
  put(drawn, "name", named(known, line.product_code));
  put(drawn, "lot", line.lot_number ?? "–");
  put(drawn, "sent", number(line.quantity));
  put(drawn, "measure", measureOf(known, line.product_code));
  put(drawn, "bags", line.bag_ids.join(", "));
  drawn.querySelector("[data-bags]").hidden = line.bag_ids.length === 0;
  drawn.querySelector("[data-recalled]").hidden = !line.is_recalled;
  drawn.querySelector("[data-closed]").hidden = !line.is_closed;
  drawn.querySelector("[data-expired]").hidden = !isExpired(line);
  put(drawn, "use_by", line.expires_on ? day(line.expires_on) : "");
  drawn.querySelector("[data-use-by]").hidden = !line.expires_on;
  // what must not be given comes back, unless somebody says otherwise
  const why = whyBack(line);
  field(drawn, why ? "refused" : "accepted").defaultValue = String(line.quantity);
  if (why) drawn.querySelector(`[data-why] option[value="${why}"]`).defaultSelected = true;
  add(drawn);
  return drawn;
};

const unitFrom = (line) => {
  const drawn = copyOf("unit");
  put(drawn, "unit", unitName(line));
  return drawn;
};

const drawUnits = (delivery, known) => {
  const units = new Map();
  delivery.lines.forEach((line, place) => {
    if (!units.has(line.unit_code)) units.set(line.unit_code, unitFrom(line));
    units.get(line.unit_code).querySelector("ol").append(lineFrom(line, place, known));
  });
  units.forEach((drawn) => put(drawn, "count", say("lines", { count: drawn.querySelectorAll("[data-line]").length })));
  document.getElementById("units").replaceChildren(...units.values());
};

const drawHead = (delivery, isCorrection) => {
  const head = document.getElementById("gate-head");
  put(head, "title", say(isCorrection ? "correct_handover" : "handover"));
  put(head, "place", delivery.place);
  put(head, "waybill", delivery.waybill_number ?? "–");
  put(head, "day", day(delivery.planned_on));
  head.hidden = false;
};

const drawReceiver = (delivery) => {
  const receiver = document.getElementById("receiver");
  receiver.dataset.policy = delivery.receiver_policy;
  receiver.hidden = delivery.receiver_policy === "not_kept";
};

// `standing` as parts/standing.js tells it, with a delivery in it.
export const drawDelivery = ({ delivery, open, corrects, lines }, { known, desk }) => {
  const number = delivery.consignment_number;
  drawHead(delivery, lines !== null);
  drawUnits(delivery, known);
  drawReceiver(delivery);
  const form = document.getElementById("gate");
  findLines(form);
  form.dataset.number = number;
  form.elements.corrects.value = corrects ?? "";
  document.querySelector('[data-finishes="gate"] [data-count]').textContent = say("lines", { count: delivery.lines.length });
  bindHandover({ account: facts.account, open, corrects, receipt: `${handoverPage(number)}receipt` }, desk);
  if (lines && !open) {
    fill(form, { lines });
    split();
  } else if (delivery.lines.some(whyBack)) {
    split();
  }
};
