// The signed waybill as a picture: made small on the phone, sent after its handover.
import { phone } from "../../../../shared/web/static/parts/phone.js";

const LONGEST_SIDE = 1600;
const QUALITY = 0.75;

// A canvas keeps the points alone: no place, no time, no name of a phone.
export const shrunk = async (file) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
};

export const keep = async (photo) => (await phone()).put("waybills", photo);

// Send the pictures of an account whose handover we have, or that is not waiting here.
export const sendPhotos = async (person) => {
  const db = await phone();
  const open = (await db.getAll("handovers")).filter((one) => ["waiting", "sending", "signed-out"].includes(one.state));
  const waiting = new Set(open.map((one) => one.number));
  for (const photo of await db.getAll("waybills")) {
    if (photo.account !== person.account_id || waiting.has(photo.number)) continue;
    const answer = await put(photo, person);
    if (answer.ok || [404, 409, 413, 415, 422].includes(answer.status)) await db.delete("waybills", photo.photo_id);
  }
};

const put = (photo, person) =>
  fetch(`/distribution/api/v1/consignments/${encodeURIComponent(photo.number)}/photos/${photo.photo_id}`, {
    method: "PUT",
    headers: { "Content-Type": photo.kind, "X-CSRFToken": person.csrf_token },
    credentials: "same-origin",
    body: photo.bytes,
  });
