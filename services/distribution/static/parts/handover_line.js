// One handover in the phone: how it was answered, and what can be done about it.
import { button, el, icon } from "../../../../shared/web/static/parts/dom.js";
import { clock, number, say } from "../../../../shared/web/static/parts/words.js";
import { handoverPage } from "./addresses.js";
import { addressOf, handovers } from "./handovers.js";
import { closedTakers, rewritten } from "./standing.js";
import { differing, four, localDay, named } from "./telling.js";
import { waybillButton } from "./waybill_button.js";

const SIGNS = { applied: "okc", duplicate: "okc", conflict: "tri", refused: "oct" };

const correctLink = (entry) => el("a", { class: "b s", href: `${handoverPage(entry.number)}?correct=1` }, say("correct"));

const recordedOf = async (entry) => {
  const answer = await fetch(addressOf(entry.number), { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`consignment: ${answer.status}`);
  return answer.json();
};

// Both records of every line that differs; nothing is merged, a person chooses.
const differenceLine = ({ mine, theirs }, known) =>
  el("li", { class: "small" }, `${named(known, mine.product_code)} · ${mine.unit_code}`, el("br"), say("theirs", { what: four(theirs) }), el("br"), say("mine", { what: four(mine) }));

const conflictOf = (entry, known, { send }) => {
  const shown = el("ul", { class: "stack-s mt" });
  recordedOf(entry)
    .then(({ lines }) => shown.replaceChildren(...differing(entry.body.lines, lines).map((pair) => differenceLine(pair, known))))
    .catch(() => {});
  const takeMine = async () => {
    const { handovers: recorded } = await recordedOf(entry);
    await handovers.change(entry.seq, (now) => rewritten(now, { ...now.body, corrects: recorded[recorded.length - 1].handover_id }));
    send();
  };
  return [
    shown,
    el("div", { class: "row mt" }, button(say("keep_theirs"), () => handovers.remove(entry.seq)), button(say("take_mine"), () => takeMine().catch(() => {}), "b s main")),
  ];
};

const refusedOf = (entry, { send }) => {
  const again = () => handovers.change(entry.seq, (now) => ({ ...now, state: "waiting", answer: null })).then(send);
  return [
    el("p", { class: "mt" }, entry.answer?.detail ?? ""),
    el("div", { class: "row mt" }, button(say("again"), again), correctLink(entry), button(say("remove"), () => handovers.remove(entry.seq))),
  ];
};

const doneOf = (entry) => [
  el(
    "div", { class: "row mt" },
    el("a", { class: "b s", href: `${handoverPage(entry.number)}receipt` }, say("open")),
    correctLink(entry),
    button(say("remove"), () => handovers.remove(entry.seq), "b s plain"),
  ),
];

const rest = (entry, known, doing) => {
  if (entry.state === "conflict") return conflictOf(entry, known, doing);
  if (entry.state === "refused") return refusedOf(entry, doing);
  if (["applied", "duplicate"].includes(entry.state)) return doneOf(entry);
  return entry.state === "sending" ? [] : [el("div", { class: "row mt" }, correctLink(entry))];
};

const closedNote = (units) => el("p", { class: "err", "data-closed": true }, icon("ban"), el("span", {}, say("closed_taken", { units: units.join(", ") })));

export const handoverLine = (entry, { photo, known }, doing) => {
  const closed = closedTakers(known, entry);
  const at = { day: localDay(entry.body.occurred_at), time: clock(entry.body.occurred_at) };
  return el(
    "li", { "data-state": entry.state, "data-number": entry.number },
    el("p", { class: "row" }, icon(SIGNS[entry.state] ?? "phone"), el("span", { class: "code" }, entry.number)),
    el("p", { class: "dq" }, el("strong", {}, say(entry.state)), el("span", {}, say(entry.body.corrects ? "corrected_at" : "recorded_at", at))),
    closed.length ? closedNote(closed) : null,
    ...rest(entry, known, doing),
    entry.state === "refused" ? null : waybillButton(entry.number, { photo, kept: doing.send }),
  );
};
