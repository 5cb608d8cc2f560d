// A button that photographs the signed waybill of a delivery.
import { el } from "../../../../shared/web/static/parts/dom.js";
import { phone } from "../../../../shared/web/static/parts/phone.js";
import { photoInput } from "../../../../shared/web/static/parts/photos.js";
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";
import { facts, say } from "../../../../shared/web/static/parts/words.js";

const SIZE = { longestSide: 1600, quality: 0.75 };

// `isKept`: one waits in the phone already; `kept` is told when another one does.
export const waybillButton = (number, { isKept, kept }) => {
  const taken = async (picture) => {
    await (await phone()).put("waybills", { photo_id: uuid7(), account: facts.account, number, ...picture });
    kept();
  };
  const input = photoInput({ id: `photo-${number}`, css: "b s", text: say("photo"), size: SIZE, taken });
  return el("div", { class: "row mt" }, input, isKept ? el("span", { class: "hint" }, say("photo_kept")) : null);
};
