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

// On a shared phone nobody sees, or throws away, what is somebody else's.
const picturesOf = async (account) => (await (await phone()).getAll(STORE)).filter((photo) => photo.account === account);

// The deliveries of which an account has a picture in the phone: why it was refused, or
// nothing while it waits.
export const photographed = async (account) =>
  new Map((await picturesOf(account)).map((photo) => [photo.number, photo.refused ?? ""]));

// Take an account's pictures of a delivery that were refused out of the phone.
export const forgetRefused = async ({ account, number }) => {
  const db = await phone();
  const refused = (await picturesOf(account)).filter((photo) => photo.number === number && photo.refused);
  await Promise.all(refused.map((photo) => db.delete(STORE, photo.photo_id)));
};

// Keep another one, in place of those that were refused.
export const keepWaybill = async (picture, { account, number }) => {
  await forgetRefused({ account, number });
  await (await phone()).put(STORE, { photo_id: uuid7(), account, number, ...picture });
};
