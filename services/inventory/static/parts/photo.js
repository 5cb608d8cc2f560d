// A picture of goods nobody knows: made small on the phone, sent after its scan.
import { phone } from "../../../../shared/web/static/parts/phone.js";
import { el, icon } from "../../../../shared/web/static/parts/dom.js";
import { say } from "../../../../shared/web/static/parts/words.js";

const LONGEST_SIDE = 1280;
const QUALITY = 0.8;

const shrunk = async (file) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = el("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
};

// A button that takes a photograph for a scan.
export const photoButton = (entry, kept) => {
  const input = el("input", { type: "file", accept: "image/*", capture: "environment", class: "sr", id: "photo" });
  const said = el("p", { class: "hint", role: "status" });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    const blob = await shrunk(file).catch(() => null);
    if (!blob) return;
    const picture = { scan_id: entry.line.scan_id, account: entry.account, kind: blob.type, bytes: await blob.arrayBuffer() };
    await (await phone()).put("photos", picture);
    said.textContent = say("photo_kept");
    kept();
  });
  const label = el("label", { class: "b wide", for: "photo" }, icon("camera"), el("span", {}, say("photo")));
  return el("div", { class: "stack-s" }, input, label, said);
};

// Send the pictures of scans that the warehouse has and a person has to look at.
export const sendPhotos = async (person, entryOf) => {
  const db = await phone();
  for (const photo of await db.getAll("photos")) {
    const entry = await entryOf(photo.scan_id);
    const isOver = !entry || ["applied", "duplicate", "refused"].includes(entry.state);
    if (isOver) await db.delete("photos", photo.scan_id);
    if (entry?.state !== "attention" || photo.account !== person.account_id) continue;
    const answer = await put(photo, person);
    if (answer.ok || [404, 409, 413, 415, 422].includes(answer.status)) await db.delete("photos", photo.scan_id);
  }
};

const put = (photo, person) =>
  fetch(`/inventory/api/v1/attention/${photo.scan_id}/photo`, {
    method: "PUT",
    headers: { "Content-Type": photo.kind, "X-CSRFToken": person.csrf_token },
    credentials: "same-origin",
    body: photo.bytes,
  });
