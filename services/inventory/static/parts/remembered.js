// Lot and date a person typed once, kept for the next packs of the same product and
// gift until the day ends or somebody says change.
import { phone } from "../../../../shared/web/static/parts/phone.js";
import { today } from "./decoder.js";

const keyOf = (account, productCode, giftNumber) => [account, productCode, giftNumber ?? ""];

export const recall = async (account, productCode, giftNumber) => {
  if (!productCode) return null;
  const kept = await (await phone()).get("remembered", keyOf(account, productCode, giftNumber));
  return kept?.day === today() ? kept : null;
};

export const remember = async (account, productCode, giftNumber, said) => {
  const before = (await recall(account, productCode, giftNumber)) ?? {};
  const kept = { ...before, ...said, day: today() };
  await (await phone()).put("remembered", kept, keyOf(account, productCode, giftNumber));
};

export const forget = async (account, productCode, giftNumber) =>
  (await phone()).delete("remembered", keyOf(account, productCode, giftNumber));

// What the pack says itself goes before what was remembered of the packs before it.
export const without = (line, remembered) =>
  Object.fromEntries(Object.entries(line).filter(([name, value]) => remembered?.[name] !== value));

// What is remembered fills only what neither the code nor the person says.
export const lacking = (kept, line, seen) => ({
  ...(kept?.lot_number && !line.lot_number && !seen.lot ? { lot_number: kept.lot_number } : {}),
  ...(kept?.expires_on && !line.expires_on && !seen.expiry ? { expires_on: kept.expires_on } : {}),
});
