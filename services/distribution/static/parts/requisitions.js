// Requisitions on their way to us. One is written under an id of its own, which stays
// when it is sent again: so it is asked for once.
import { Outbox } from "../../../../shared/web/static/parts/outbox.js";
import { senderOf } from "../../../../shared/web/static/parts/sender.js";
import { bodyOf, changeBy } from "./wish.js";

const ADDRESS = "/distribution/api/v1/requisitions";
const OVER = ["applied", "conflict"];

export const requisitions = new Outbox("requisitions");

export const pageOf = (requisitionId) => `/distribution/requisitions/${requisitionId}`;
export const readAddress = (requisitionId) => `${ADDRESS}/${requisitionId}`;

export const sendRequisitions = senderOf({
  outbox: requisitions,
  lock: "komek-asking",
  request: ([entry]) => ({ address: ADDRESS, body: bodyOf(entry) }),
  read: (_taken, answer, body) => [changeBy(answer.ok, body)],
});

// What an account has begun for a unit and may still change; the latest counts.
export const unfinished = async (account, isWanted) => {
  const isOpen = (entry) => entry.account === account && !OVER.includes(entry.state) && entry.state !== "sending";
  const [latest = null] = (await requisitions.entries()).filter((entry) => isOpen(entry) && isWanted(entry)).slice(-1);
  return latest;
};
