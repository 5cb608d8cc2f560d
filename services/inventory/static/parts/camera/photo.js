// A photograph of the code, read by the warehouse's computer: the last resort.
import { SESSION } from "../addresses.js";
import { Session } from "../../../../../shared/web/static/parts/session.js";

const SIDE_MAX = 2000; // phones take pictures of 12 megapixels; a code needs less
const QUALITY = 0.85;
const PATIENCE = 20000;

// Smaller and upright; what the browser cannot open goes as it is.
const smaller = async (photo) => {
  try {
    const picture = await createImageBitmap(photo);
    const scale = Math.min(1, SIDE_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return made ?? photo;
  } catch {
    return photo;
  }
};

const post = (body, url, person) =>
  fetch(url, {
    method: "POST",
    headers: { "Content-Type": body.type || "image/jpeg", "X-CSRFToken": person.csrf_token },
    credentials: "same-origin",
    body,
    signal: AbortSignal.timeout?.(PATIENCE),
  });

/**
 * Send a photograph to be read.
 *
 * @param {Blob} photo
 * @param {string} url POST; answers {"codes": [{"raw", "symbology"}]}, at
 *   least one, or refuses with no_code_found
 * @returns {Promise<{codes?: string[], problem?: string}>} at least one code, or
 *   `photo_none`, `photo_lost` (no connection), `photo_nobody` (signed out) or
 *   `photo_refused`
 */
export const readPhoto = async (photo, url) => {
  const body = await smaller(photo);
  let answer;
  try {
    const person = await new Session(SESSION).get();
    if (!person) return { problem: "photo_nobody" };
    answer = await post(body, url, person);
  } catch {
    return { problem: "photo_lost" };
  }
  if (answer.status >= 500) return { problem: "photo_lost" };
  const { code, codes } = await answer.json().catch(() => ({}));
  if (!answer.ok) return { problem: code === "no_code_found" ? "photo_none" : "photo_refused" };
  return { codes: [...new Set(codes.map(({ raw }) => raw))] };
};
