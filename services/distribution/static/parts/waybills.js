// Photographs of signed waybills travel after their handover.
import { phone } from "../../../../shared/web/static/parts/phone.js";
import { sendPhotos } from "../../../../shared/web/static/parts/photos.js";
import { addressOf, handovers, isOnItsWay } from "./handovers.js";

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
