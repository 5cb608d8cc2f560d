// What was recorded in this phone and how it was answered; what needs a person stays
// until that person has decided.
import { button, el, icon } from "../../../../shared/web/static/parts/dom.js";
import { uuid7 } from "../../../../shared/web/static/parts/uuid7.js";
import { clock, facts, number, say } from "../../../../shared/web/static/parts/words.js";
import { keep, shrunk } from "./photo.js";
import * as outbox from "./outbox.js";
import { localDay } from "./shell.js";

const SIGNS = { applied: "okc", duplicate: "okc", conflict: "tri", refused: "oct" };
const section = document.getElementById("queue");

const keyOf = (line) => [line.unit_code, line.product_code, line.lot_id].join(" ");
const four = (line) => say("four", Object.fromEntries(["accepted", "refused", "damaged", "short"].map((end) => [end, number(line[end] ?? 0)])));

// Both records of every line that differs; nothing is merged, a person chooses.
const differences = async (entry) => {
  const answer = await fetch(`/distribution/api/v1/consignments/${encodeURIComponent(entry.number)}`, { credentials: "same-origin" });
  if (!answer.ok) return [];
  const recorded = new Map((await answer.json()).lines.map((line) => [keyOf(line), line]));
  return entry.body.lines
    .filter((mine) => recorded.has(keyOf(mine)) && four(mine) !== four(recorded.get(keyOf(mine))))
    .map((mine) =>
      el(
        "li",
        { class: "small" },
        el("span", {}, `${mine.product_code} · ${mine.unit_code}`),
        el("br"),
        say("theirs", { what: four(recorded.get(keyOf(mine))) }),
        el("br"),
        say("mine", { what: four(mine) }),
      ),
    );
};

const conflictOf = (entry, send) => {
  const shown = el("ul", { class: "stack-s mt" });
  differences(entry).then((lines) => shown.replaceChildren(...lines)).catch(() => {});
  const mine = () =>
    outbox
      .replace(entry.seq, { ...entry, state: "waiting", answer: null, body: { ...entry.body, command_id: uuid7(), corrects: entry.answer.handover_id } })
      .then(send);
  return [
    shown,
    el("div", { class: "row mt" }, button(say("keep_theirs"), () => outbox.remove(entry.seq)), button(say("take_mine"), mine, "b s main")),
  ];
};

const refusedOf = (entry, send) => [
  el("p", { class: "mt" }, entry.answer?.detail ?? ""),
  el(
    "div",
    { class: "row mt" },
    button(say("again"), () => outbox.settle(entry.seq, "waiting").then(send)),
    button(say("remove"), () => outbox.remove(entry.seq)),
  ),
];

const doneOf = (entry) => [
  el("div", { class: "row mt" }, el("a", { class: "b s", href: `/distribution/consignments/${entry.number}/handover/receipt` }, say("open")), button(say("remove"), () => outbox.remove(entry.seq), "b s plain")),
];

const rest = (entry, send) => {
  if (entry.state === "conflict") return conflictOf(entry, send);
  if (entry.state === "refused") return refusedOf(entry, send);
  return ["applied", "duplicate"].includes(entry.state) ? doneOf(entry) : [];
};

const photoOf = (entry, send, hasPhoto) => {
  const id = `photo-${entry.seq}`;
  const input = el("input", { type: "file", accept: "image/*", capture: "environment", class: "sr", id });
  input.addEventListener("change", async () => {
    const blob = input.files[0] && (await shrunk(input.files[0]).catch(() => null));
    if (!blob) return;
    await keep({ photo_id: uuid7(), account: entry.account, number: entry.number, kind: blob.type, bytes: await blob.arrayBuffer() });
    send();
  });
  return el("div", { class: "row mt" }, input, el("label", { class: "b s", for: id }, icon("camera"), el("span", {}, say("photo"))), hasPhoto ? el("span", { class: "hint" }, say("photo_kept")) : null);
};

const lineOf = (entry, send, hasPhoto) => {
  const at = { day: localDay(entry.body.occurred_at), time: clock(entry.body.occurred_at) };
  return el(
    "li",
    { "data-state": entry.state, "data-number": entry.number },
    el("p", { class: "row" }, icon(SIGNS[entry.state] ?? "phone"), el("span", { class: "code" }, entry.number)),
    el("p", { class: "dq" }, el("strong", {}, say(entry.state)), el("span", {}, say("recorded_at", at))),
    ...rest(entry, send),
    ...(entry.state === "refused" ? [] : [photoOf(entry, send, hasPhoto)]),
  );
};

// `photographed`: the deliveries whose picture waits in the phone.
export const drawQueue = (all, send, photographed) => {
  const mine = all.filter((entry) => entry.account === facts.account);
  const others = all.length - mine.length;
  document.getElementById("queue-lines").replaceChildren(...mine.map((entry) => lineOf(entry, send, photographed.has(entry.number))));
  const note = document.getElementById("queue-others");
  note.hidden = others === 0;
  note.textContent = others ? say("others", { count: number(others) }) : "";
  section.hidden = all.length === 0;
};
