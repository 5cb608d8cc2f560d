// One requisition in the phone: how it was answered, and what can be done about it.
import { button, el, icon } from "../../../../shared/web/static/parts/dom.js";
import { day, number, say } from "../../../../shared/web/static/parts/words.js";
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";
import { pageOf, readAddress, requisitions } from "./requisitions.js";
import { named } from "./telling.js";
import { linesOf } from "./wish.js";

const SIGNS = { draft: "tally", applied: "okc", conflict: "tri", refused: "oct" };

const remove = (entry) => button(say("remove"), () => requisitions.remove(entry.seq), "b s plain");

const goOn = (entry, word) =>
  el("a", { class: "b s", href: `/distribution/units/${encodeURIComponent(entry.unit_code)}/requisition/?take=1` }, say(word));

const asksOf = (lines) => new Map(lines.map((line) => [line.product_code, line.quantity ?? line.requested]));

// What both ask for, product by product, where it is not the same.
const differences = (mine, theirs, known) => {
  const [ours, others] = [asksOf(mine), asksOf(theirs)];
  return [...new Set([...ours.keys(), ...others.keys()])]
    .filter((code) => ours.get(code) !== others.get(code))
    .map((code) => {
      const numbers = { theirs: number(others.get(code) ?? 0), mine: number(ours.get(code) ?? 0) };
      return el("li", { class: "small" }, `${named(known, code)}: ${say("asked_twice", numbers)}`);
    });
};

// Somebody sent or cancelled it meanwhile: theirs stands, ours may go as another one.
const conflictOf = (entry, known, { send }) => {
  const shown = el("ul", { class: "stack-s mt" });
  fetch(readAddress(entry.requisition_id), { credentials: "same-origin" })
    .then(async (answer) => answer.ok && shown.replaceChildren(...differences(linesOf(entry.typed), (await answer.json()).lines, known)))
    .catch(() => {});
  const asNew = () => requisitions.change(entry.seq, (now) => ({ ...now, state: "waiting", answer: null, requisition_id: uuid7() })).then(send);
  return [
    el("p", { class: "mt" }, say("asked_conflict")),
    shown,
    el(
      "div", { class: "row mt" },
      el("a", { class: "b s", href: pageOf(entry.requisition_id) }, say("open_asked")),
      button(say("leave_theirs"), () => requisitions.remove(entry.seq)),
      button(say("ask_anew"), asNew, "b s main"),
    ),
  ];
};

const rest = (entry, known, doing) => {
  if (entry.state === "conflict") return conflictOf(entry, known, doing);
  if (entry.state === "sending") return [];
  if (entry.state === "applied") {
    return [el("div", { class: "row mt" }, el("a", { class: "b s", href: pageOf(entry.requisition_id) }, say("open_asked")), remove(entry))];
  }
  const why = entry.state === "refused" ? el("p", { class: "mt" }, entry.answer?.detail ?? "") : null;
  return [why, el("div", { class: "row mt" }, goOn(entry, entry.state === "draft" ? "go_on" : "change"), remove(entry))];
};

const WORDS = { draft: "writing", refused: "not_asked", conflict: "moved_on" };

const wordOf = (entry) => {
  if (entry.state === "applied") return say(entry.is_draft ? "draft_kept" : "asked");
  return say(WORDS[entry.state] ?? entry.state);
};

export const requisitionLine = (entry, { known }, doing) =>
  el(
    "li", { "data-state": entry.state, "data-unit": entry.unit_code },
    el("p", { class: "row" }, icon(SIGNS[entry.state] ?? "phone"), el("span", { class: "grow" }, say("requisition_of", { unit: entry.unit_code, day: day(entry.typed.needed_by) }))),
    el("p", { class: "dq" }, el("strong", {}, wordOf(entry)), el("span", {}, say("products", { count: linesOf(entry.typed).length }))),
    ...rest(entry, known, doing),
  );
