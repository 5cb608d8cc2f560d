// Photographs of signed waybills travel after their handover.
import { phone } from "../../../../shared/web/static/parts/phone.js";
import { sendPhotos } from "../../../../shared/web/static/parts/photos.js";
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";
import { addressOf, handovers, isOnItsWay } from "./handovers.js";

// Small enough for a phone, large enough to read a signature.
export const WAYBILL_SIZE = { longestSide: 1600, quality: 0.75 };

export const keepWaybill = async (picture, { account, number }) =>
  (await phone()).put("waybills", { photo_id: uuid7(), account, number, ...picture });

export const sendWaybills = async (person) => {
  const waiting = new Set((await handovers.entries()).filter(isOnItsWay).map((entry) => entry.number));
  await sendPhotos("waybills", {
    key: "photo_id",
    person,
    fateOf: async (photo) => (waiting.has(photo.number) ? "wait" : "send"),
    addressOf: (photo) => `${addressOf(photo.number)}/photos/${photo.photo_id}`,
  });
};

// The deliveries whose picture waits in the phone.
export const photographed = async () => new Set((await (await phone()).getAll("waybills")).map((photo) => photo.number));
