// Pictures that travel after what they belong to: made small on the phone, and sent
// when the service has the rest.
import { el, icon } from "./dom.js";
import { phone } from "./phone.js";

const NEVER_TAKEN = [404, 409, 413, 415, 422];

// A canvas keeps the points alone: no place, no time, no name of a phone.
const drawnAnew = async (file, { longestSide, quality }) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = el("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
};

// The kind and bytes of a file, made small; null of what this browser cannot draw.
export const pictureOf = async (file, size) => {
  const blob = await drawnAnew(file, size).catch(() => null);
  return blob && { kind: blob.type, bytes: await blob.arrayBuffer() };
};

// A button that takes a photograph; `taken` gets its kind and bytes, made small.
export const photoInput = ({ id, css, text, size, taken }) => {
  const input = el("input", { type: "file", accept: "image/*", capture: "environment", class: "sr", id });
  input.addEventListener("change", async () => {
    const [file] = input.files;
    const picture = file && (await pictureOf(file, size));
    if (picture) await taken(picture);
  });
  return [input, el("label", { class: css, for: id }, icon("camera"), el("span", {}, text))];
};

// Send the pictures of a store: `fateOf` says "send", "wait" or "drop" for each,
// `addressOf` where it goes, `key` names what it is kept under, `refusedAs` what is kept
// of one that is refused for good, where anybody is told of it.
export const sendPhotos = async (store, { key, person, fateOf, addressOf, refusedAs = () => null }) => {
  const db = await phone();
  for (const photo of await db.getAll(store)) {
    const fate = await fateOf(photo);
    const isOurs = photo.account === person.account_id;
    const answer = fate === "send" && isOurs ? await put(addressOf(photo), photo, person) : null;
    const isRefused = NEVER_TAKEN.includes(answer?.status);
    const left = isRefused ? refusedAs(photo, await answer.json().catch(() => ({}))) : null;
    if (left) await db.put(store, left);
    else if (fate === "drop" || isRefused || answer?.ok) await db.delete(store, photo[key]);
  }
};

const put = (address, photo, person) =>
  fetch(address, {
    method: "PUT",
    headers: { Accept: "application/json", "Content-Type": photo.kind, "X-CSRFToken": person.csrf_token },
    credentials: "same-origin",
    body: photo.bytes,
  });
