// Fills the page from the phone's memory: one delivery by its address, else the list.
import { el } from "../../../../shared/web/static/parts/dom.js";
import { clock, day, facts, has, nameOf, number, say } from "../../../../shared/web/static/parts/words.js";
import { add, field } from "./sums.js";

const ADDRESS = /\/consignments\/([^/]+)\/handover/;

const put = (place, name, text) =>
  place.querySelectorAll(`[data-slot="${name}"]`).forEach((slot) => {
    slot.textContent = text;
  });

const worded = (kind, code) => (has(`${kind}.${code}`) ? say(`${kind}.${code}`) : code);

export const localDay = (iso) => day(new Date(Date.parse(iso) + 5 * 3600 * 1000).toISOString().slice(0, 10));

const lineFrom = (line, place) => {
  const drawn = document.getElementById("line").content.firstElementChild.cloneNode(true);
  Object.assign(drawn.dataset, { sent: line.quantity, unit: line.unit_code, product: line.product_code, lot: line.lot_id });
  drawn.querySelectorAll("[id], [name], [for]").forEach((part) => {
    for (const name of ["id", "name", "for"]) {
      if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(/-n$/, `-${place}`));
    }
  });
  put(drawn, "name", nameOf(line));
  put(drawn, "lot", line.lot_number ?? "–");
  put(drawn, "sent", number(line.quantity));
  put(drawn, "measure", worded("unit", line.unit_of_issue));
  put(drawn, "bags", line.bag_ids.join(", "));
  drawn.querySelector("[data-bags]").hidden = line.bag_ids.length === 0;
  drawn.querySelector("[data-recalled]").hidden = !line.is_recalled;
  field(drawn, "accepted").value = String(line.quantity);
  add(drawn);
  return drawn;
};

const drawDelivery = (delivery) => {
  const head = document.getElementById("gate-head");
  put(head, "place", delivery.place);
  put(head, "waybill", delivery.waybill_number ?? "–");
  put(head, "day", day(delivery.planned_on));
  const units = new Map();
  delivery.lines.forEach((line, place) => {
    if (!units.has(line.unit_code)) {
      const section = document.getElementById("unit").content.firstElementChild.cloneNode(true);
      section.querySelector("h2").append(worded("kind", line.kind), " ", el("span", { class: "code" }, line.unit_code));
      units.set(line.unit_code, section);
    }
    units.get(line.unit_code).querySelector("ol").append(lineFrom(line, place));
  });
  document.getElementById("units").replaceChildren(...units.values());
  const receiver = document.getElementById("receiver");
  receiver.dataset.policy = delivery.receiver_policy;
  receiver.hidden = delivery.receiver_policy === "not_kept";
  document.querySelector("[data-count]").textContent = say("lines", { count: delivery.lines.length });
  const form = document.getElementById("gate");
  form.dataset.number = delivery.consignment_number;
  form.dataset.receipt = `/distribution/consignments/${delivery.consignment_number}/handover/receipt`;
  for (const part of [head, form, document.getElementById("finish")]) part.hidden = false;
};

const drawList = (kept, waiting) => {
  document.getElementById("list-head").hidden = false;
  const open = (kept?.deliveries ?? []).filter((one) => !waiting.has(one.consignment_number));
  const lines = open.map((one) =>
    el(
      "li",
      { class: "row between" },
      el("div", {}, el("p", { class: "nm" }, el("span", { class: "code" }, one.consignment_number)), el("p", { class: "dq" }, el("span", {}, one.place), el("span", {}, day(one.planned_on)))),
      el("a", { class: "b main", href: `/distribution/consignments/${one.consignment_number}/handover/` }, say("hand_over")),
    ),
  );
  document.getElementById("kept-lines").replaceChildren(...lines);
  const asOf = kept ? say("as_of", { day: localDay(kept.fetched_at), time: clock(kept.fetched_at) }) : "";
  document.getElementById("as-of").textContent = [lines.length ? "" : say("none"), asOf].filter(Boolean).join(" ");
  document.getElementById("kept").hidden = false;
};

// `waiting`: the numbers of deliveries that were handed over in this phone.
export const drawShell = (kept, waiting) => {
  const wanted = ADDRESS.exec(location.pathname)?.[1];
  const delivery = (kept?.deliveries ?? []).find((one) => one.consignment_number === decodeURIComponent(wanted ?? ""));
  if (delivery && facts.account && !waiting.has(delivery.consignment_number)) drawDelivery(delivery);
  else drawList(kept, waiting);
};
