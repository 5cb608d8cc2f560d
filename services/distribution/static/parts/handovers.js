// Handovers on their way to us: sent one after the other, each as what it is now.
import { OPEN, Outbox } from "../../../../shared/web/static/parts/outbox.js";
import { senderOf } from "../../../../shared/web/static/parts/sender.js";
import { changeBy } from "./standing.js";

export const handovers = new Outbox("handovers");

export const addressOf = (number) => `/distribution/api/v1/consignments/${encodeURIComponent(number)}`;

export const sendHandovers = senderOf({
  outbox: handovers,
  lock: "komek-handing-over",
  request: ([entry]) => ({ address: `${addressOf(entry.number)}/handover`, body: entry.body }),
  read: ([entry], answer, body) => {
    const change = changeBy(entry, answer.ok, body);
    return change && [change];
  },
});

export const isOnItsWay = (entry) => OPEN.includes(entry.state);
