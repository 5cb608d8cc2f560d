// "What is this?" from the phone's own catalogue.
import { read, withoutSecrets } from "./decoder.js";
import { el } from "../../../../shared/web/static/parts/dom.js";
import { faultCard } from "./card.js";
import { seenIn } from "./reading.js";
import { day, nameOf, number, say } from "../../../../shared/web/static/parts/words.js";

const fact = (label, value, css) =>
  value ? el("div", {}, el("dt", {}, label), el("dd", { class: css }, value)) : null;

// The card of a code, without any number of stock: those are known only online.
export const lookedUp = (raw, snapshot) => {
  const code = read(withoutSecrets(raw));
  if (code.error) return faultCard(code.error, { length: raw.trim().length });
  const seen = seenIn(code, snapshot);
  const product = snapshot.product(seen.product_code);
  return el(
    "section", { class: "card stack", "data-face": "good" },
    el("h2", {}, product ? nameOf(product) : say("not_in_catalogue")),
    product ? el("p", { class: "quiet code" }, product.product_code) : null,
    el(
      "dl", { class: "facts-wide" },
      fact(say("number"), seen.gtin ?? code.sscc, "code"),
      fact(say("lot"), seen.lot, "code"),
      fact(say("use_by"), seen.expiry && day(seen.expiry), "num"),
      fact(say("holds"), seen.per_pack && number(seen.per_pack), "num"),
    ),
    el("p", { class: "hint" }, say("look_offline")),
  );
};
