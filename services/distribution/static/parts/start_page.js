// What the phone knows, to begin from: deliveries to hand over, those that were, and
// the account's units with what is due to them.
import { el, icon } from "../../../../shared/web/static/parts/dom.js";
import { day, number, say } from "../../../../shared/web/static/parts/words.js";
import { handoverPage } from "./addresses.js";
import { asOf, measureOf, named, unitName } from "./telling.js";
import { waybillButton } from "./waybill_button.js";
import { monthWord } from "./when.js";

const askPage = ({ unit_code: code }) => `/distribution/units/${code}/requisition/`;

const deliveryLine = (delivery, ...doing) =>
  el(
    "li", { class: "row between" },
    el("div", {}, el("p", { class: "nm" }, el("span", { class: "code" }, delivery.consignment_number)), el("p", { class: "dq" }, el("span", {}, delivery.place), el("span", {}, day(delivery.planned_on)))),
    ...doing,
  );

const toHandOver = (delivery) => deliveryLine(delivery, el("a", { class: "b main", href: handoverPage(delivery.consignment_number) }, say("hand_over")));

const handedOver = (delivery, { photographed, redraw }) =>
  deliveryLine(
    delivery,
    el(
      "div", { class: "row" },
      el("a", { class: "b s", href: `${handoverPage(delivery.consignment_number)}?correct=1` }, say("correct")),
      waybillButton(delivery.consignment_number, { photo: photographed.get(delivery.consignment_number), kept: redraw }),
    ),
  );

const dueLine = (line, known) =>
  el(
    "li", {},
    el("p", {}, named(known, line.product_code), el("span", { class: "hint" }, ` ${measureOf(known, line.product_code)}`)),
    el("p", { class: "quiet" }, say("due_of", { due: number(line.entitlement), received: number(line.received), waiting: number(line.waiting) })),
  );

const unitLine = (unit, known) => {
  const due = unit.lines.filter((line) => line.entitlement && line.is_admitted);
  return el(
    "li", { "data-unit": unit.unit_code },
    el(
      "div", { class: "row between" },
      el("div", {}, el("p", { class: "nm" }, unitName(unit)), el("p", { class: "dq" }, el("span", {}, unit.place))),
      el("a", { class: "b", href: askPage(unit) }, icon("tally"), say("ask")),
    ),
    el(
      "details", { class: "more" },
      el("summary", {}, say("due_products", { month: monthWord(unit.needed_by), count: due.length })),
      el("ul", { class: "small stack-s mt" }, due.map((line) => dueLine(line, known))),
    ),
  );
};

const draw = (id, lines) => {
  const section = document.getElementById(id);
  section.hidden = lines.length === 0;
  section.querySelector("ol").replaceChildren(...lines);
};

// `handled`: the numbers of deliveries that were handed over in this phone.
export const drawStart = (known, { handled, photographed, redraw }) => {
  const open = known.deliveries.filter((one) => !handled.has(one.consignment_number));
  const over = known.handed_over.filter((one) => !handled.has(one.consignment_number));
  draw("to-hand-over", open.map(toHandOver));
  draw("handed-over", over.map((one) => handedOver(one, { photographed, redraw })));
  draw("own-units", known.units.map((unit) => unitLine(unit, known)));
  const nothing = known.fetched_at && open.length === 0 ? say("none") : "";
  document.getElementById("as-of").textContent = [nothing, asOf(known)].filter(Boolean).join(" ");
  document.getElementById("list-head").hidden = false;
};
