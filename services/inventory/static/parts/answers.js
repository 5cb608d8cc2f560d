// What the warehouse answered: drawn by it where the page is its own, else told in short.
import { el } from "../../../../shared/web/static/parts/dom.js";
import { rowLine } from "./card.js";
import { tell } from "./sounds.js";
import { facts, number, say } from "../../../../shared/web/static/parts/words.js";

const FACES = { applied: "good", duplicate: "good", attention: "care", refused: "halt" };
const DRAWN = 20;

let told = null;
const result = document.getElementById("result");
const telling = document.getElementById("tell");

export const faceOf = (entry) => FACES[entry.state] ?? "halt";

const count = (answered, face) => number(answered.filter((entry) => faceOf(entry) === face).length);

const summary = (answered) =>
  el(
    "p", { class: "banner", role: "status", id: "sum" },
    `${say("at_once", { count: number(answered.length) })} · ` +
      say("sum", { good: count(answered, "good"), care: count(answered, "care"), halt: count(answered, "halt") }),
  );

// `current` is the scan on the card now; `row` how often it was scanned in a row.
export const showAnswers = (answered, { current, row, isBusy }) => {
  const ours = answered.filter((entry) => entry.account === facts.account);
  if (ours.length === 0) return;
  const last = ours[ours.length - 1];
  document.getElementById("sum")?.remove();
  if (ours.length > 1) result.before(summary(ours));
  const isOnCard = current === null || current.line.scan_id === last.line.scan_id;
  if (isBusy || !isOnCard) return;
  tell(faceOf(last));
  if (facts.is_shell || !telling) return showShort(last);
  telling.elements.answers.value = JSON.stringify(ours.slice(-DRAWN).map(({ line, answer }) => ({ line, result: answer })));
  telling.dataset.row = JSON.stringify(row);
  told = last.line.scan_id;
  telling.requestSubmit();
};

// Whether the card the warehouse drew may come on: not over the next scan, and not over
// what is being put right meanwhile.
export const isTimely = (current) => current === null || (current.line.scan_id === told && current.state !== "asking");

// The card the warehouse drew gets the line about scans in a row.
export const addRow = () => {
  const row = JSON.parse(telling?.dataset.row ?? "{}");
  const line = rowLine(row);
  if (line && result.querySelector(".result.good")) result.querySelector(".body")?.prepend(line);
};

const showShort = (entry) => {
  const section = result.querySelector(".result");
  if (section && entry.state === "applied") {
    section.className = "result good";
    section.querySelector(".word").textContent = say(`good.${entry.line.action}`);
  }
};
