// Everything of a phone at the gate that waits, in the order in which it matters.
import { sendHandovers } from "./handovers.js";
import { sendRequisitions } from "./requisitions.js";
import { sendWaybills } from "./waybills.js";

// What was asked for does not wait behind a handover that cannot go yet.
export const sendWaiting = async (session) => {
  const outcomes = [await sendRequisitions(session), await sendHandovers(session)];
  const failed = outcomes.find((outcome) => outcome !== "done");
  if (failed) return failed;
  const person = await session.get().catch(() => null);
  if (person) await sendWaybills(person).catch(() => {});
  return "done";
};
