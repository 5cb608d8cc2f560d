// Photographs of signed waybills travel after their handover.
import { phone } from "../../../../shared/web/static/parts/phone.js";
import { sendPhotos } from "../../../../shared/web/static/parts/photos.js";
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";
import { addressOf, handovers, isOnItsWay } from "./handovers.js";

const STORE = "waybills";

// Small enough for a phone, large enough to read a signature.
export const WAYBILL_SIZE = { longestSide: 1600, quality: 0.75 };

export const sendWaybills = async (person) => {
  const waiting = new Set((await handovers.entries()).filter(isOnItsWay).map((entry) => entry.number));
  await sendPhotos(STORE, {
    key: "photo_id",
    person,
    fateOf: async (photo) => (photo.refused || waiting.has(photo.number) ? "wait" : "send"),
    addressOf: (photo) => `${addressOf(photo.number)}/photos/${photo.photo_id}`,
    refusedAs: (photo, { detail }) => ({ ...photo, refused: detail || "–" }),
  });
};

// The deliveries whose picture is in the phone: why it was refused, or nothing while it
// waits.
export const photographed = async () => {
  const photos = await (await phone()).getAll(STORE);
  return new Map(photos.map((photo) => [photo.number, photo.refused ?? ""]));
};

// Take the pictures of a delivery that were refused out of the phone.
export const forgetRefused = async (number) => {
  const db = await phone();
  const refused = (await db.getAll(STORE)).filter((photo) => photo.number === number && photo.refused);
  await Promise.all(refused.map((photo) => db.delete(STORE, photo.photo_id)));
};

// Keep another one, in place of those that were refused.
export const keepWaybill = async (picture, { account, number }) => {
  await forgetRefused(number);
  await (await phone()).put(STORE, { photo_id: uuid7(), account, number, ...picture });
};
