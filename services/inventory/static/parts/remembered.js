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
