// A button that photographs the signed waybill of a delivery.
import { button, el, icon } from "../../../../shared/web/static/parts/dom.js";
import { photoInput } from "../../../../shared/web/static/parts/photos.js";
import { facts, say } from "../../../../shared/web/static/parts/words.js";
import { forgetRefused, keepWaybill, WAYBILL_SIZE } from "./waybills.js";

// What is said of a picture in the phone, as `photographed` tells it; `changed` hears when
// it was taken out.
export const photoNote = (number, photo, changed) => {
  if (photo === undefined) return [];
  if (!photo) return [el("p", { class: "hint" }, say("photo_kept"))];
  const drop = () => forgetRefused({ account: facts.account, number }).then(changed);
  return [el("p", { class: "err" }, icon("tri"), el("span", {}, say("photo_refused", { why: photo }))), button(say("photo_drop"), drop, "b s plain")];
};

// `photo` as above; `kept` is told when another one waits.
export const waybillButton = (number, { photo, kept }) => {
  const taken = async (picture) => {
    await keepWaybill(picture, { account: facts.account, number });
    kept();
  };
  const input = photoInput({ id: `photo-${number}`, css: "b s", text: say("photo"), size: WAYBILL_SIZE, taken });
  return el("div", { class: "row mt" }, input, photoNote(number, photo, kept));
};
