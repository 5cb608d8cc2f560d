// A picture of goods nobody knows travels after its scan.
import { el } from "../../../../shared/web/static/parts/dom.js";
import { phone } from "../../../../shared/web/static/parts/phone.js";
import * as photos from "../../../../shared/web/static/parts/photos.js";
import { say } from "../../../../shared/web/static/parts/words.js";
import { entryOf } from "./scans.js";

const SIZE = { longestSide: 1280, quality: 0.8 };
const WITHOUT = ["applied", "duplicate", "refused"];

// A button that takes a photograph for a scan.
export const photoButton = (entry) => {
  const said = el("p", { class: "hint", role: "status" });
  const taken = async (picture) => {
    await (await phone()).put("photos", { scan_id: entry.line.scan_id, account: entry.account, ...picture });
    said.textContent = say("photo_kept");
  };
  return el("div", { class: "stack-s" }, photos.photoInput({ id: "photo", css: "b wide", text: say("photo"), size: SIZE, taken }), said);
};

const fateOf = async (photo) => {
  const entry = await entryOf(photo.scan_id);
  if (!entry || WITHOUT.includes(entry.state)) return "drop";
  return entry.state === "attention" ? "send" : "wait";
};

// Send the pictures of scans that the warehouse has and a person has to look at.
export const sendPhotos = (person) =>
  photos.sendPhotos("photos", {
    key: "scan_id",
    person,
    fateOf,
    addressOf: (photo) => `/inventory/api/v1/attention/${photo.scan_id}/photo`,
  });
