// A button that photographs the signed waybill of a delivery.
import { el } from "../../../../shared/web/static/parts/dom.js";
import { photoInput } from "../../../../shared/web/static/parts/photos.js";
import { facts, say } from "../../../../shared/web/static/parts/words.js";
import { keepWaybill, WAYBILL_SIZE } from "./waybills.js";

// `isKept`: one waits in the phone already; `kept` is told when another one does.
export const waybillButton = (number, { isKept, kept }) => {
  const taken = async (picture) => {
    await keepWaybill(picture, { account: facts.account, number });
    kept();
  };
  const input = photoInput({ id: `photo-${number}`, css: "b s", text: say("photo"), size: WAYBILL_SIZE, taken });
  return el("div", { class: "row mt" }, input, isKept ? el("span", { class: "hint" }, say("photo_kept")) : null);
};
