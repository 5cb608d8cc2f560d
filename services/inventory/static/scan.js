// The scan station with script: the page itself never has to load again.
import { Queue } from "./parts/queue.js";
import { ScanField } from "./parts/field.js";
import { bindSwitch, tell } from "./parts/sounds.js";
import { uuid7 } from "./parts/uuid7.js";

const station = document.getElementById("station");
const field = document.getElementById("code");
const result = document.getElementById("result");
const log = document.getElementById("log");
const telling = document.getElementById("tell");
const FACES = { applied: "good", duplicate: "good", attention: "care", refused: "halt" };

const show = (id, fill) => {
  const part = document.getElementById(id).content.cloneNode(true);
  fill?.(part);
  return part;
};

const once = () => station.querySelectorAll("[data-once]");
const needed = () => station.querySelector("[data-needed]");

const filled = () => {
  const names = ["lot_number", "other_lot_reason", "gift_number", "location_code", "to_location_code", "pick_list_number"];
  const texts = names
    .map((name) => [name, station.elements[name]?.value.trim()])
    .filter((entry) => entry[1]);
  const temperature = Number((station.elements.temperature_celsius?.value ?? "").replace(",", "."));
  const entries = Object.fromEntries(texts);
  return station.elements.temperature_celsius?.value ? { ...entries, temperature_celsius: temperature } : entries;
};

const quantity = () => {
  const typed = station.elements.quantity?.value.trim() ?? "";
  return /^\d{1,9}$/.test(typed) ? Number(typed) : typed === "" ? 1 : typed;
};

// ---- look up: the page is asked, nothing is recorded

const lookUp = (raw) => {
  field.value = raw;
  station.submit();
};

// ---- record

// The answer has to be seen, wherever the list was scrolled to.
const bringBack = () => {
  if (result.getBoundingClientRect().top < 0) window.scrollTo(0, 0);
};

const tellAnswers = (answers) => {
  const last = answers[answers.length - 1];
  const face = FACES[last.result.status] ?? "halt";
  tell(face);
  result.replaceChildren(show(`face-${face}`));
  bringBack();
  answers.forEach((answer) => document.getElementById(`kept-${answer.line.scan_id}`)?.remove());
  telling.elements.answers.value = JSON.stringify(answers);
  telling.requestSubmit();
};

const keepVisible = (line) => {
  const id = `kept-${line.scan_id}`;
  if (document.getElementById(id)) return;
  log.prepend(
    show("line-kept", (part) => {
      part.firstElementChild.id = id;
      part.querySelector("[data-raw]").textContent = line.raw;
      const at = new Date(line.occurred_at);
      part.querySelector("[data-at]").textContent = at.toTimeString().slice(0, 5);
    }),
  );
};

const tellState = (state, count) => {
  const bar = document.getElementById("offbar");
  document.querySelectorAll("[data-net]").forEach((mark) => {
    mark.hidden = (mark.dataset.net === "lost") !== (state === "lost");
  });
  bar.hidden = state === "open" || count === 0;
  bar.querySelector("[data-queued]").textContent = String(count);
  bar.querySelectorAll("[data-why]").forEach((why) => {
    why.hidden = why.dataset.why !== state;
  });
  if (state === "open") return;
  const waiting = queue.waiting;
  waiting.forEach(keepVisible);
  const last = waiting[waiting.length - 1];
  if (!last || last.scan_id === lastKept) return;
  lastKept = last.scan_id;
  tell("kept");
  bringBack();
  result.replaceChildren(
    show("face-kept", (part) => { part.querySelector("[data-raw]").textContent = last.raw; }),
  );
};

let lastKept = "";
const queue = station.dataset.scans
  ? new Queue({
      account: station.dataset.account,
      url: station.dataset.scans,
      token: document.querySelector("meta[name=csrf-token]").content,
      answered: tellAnswers,
      changed: tellState,
    })
  : null;

const record = (raw) => {
  const needs = needed();
  if (needs && needs.value.trim() === "") {
    field.value = raw;
    needs.focus();
    return;
  }
  const line = {
    scan_id: uuid7(),
    action: station.dataset.mode,
    raw,
    quantity: quantity(),
    occurred_at: new Date().toISOString(),
    ...filled(),
  };
  document.querySelector("[data-none]")?.remove();
  once().forEach((input) => { input.value = ""; });
  if (needs) needs.value = "";
  queue.add(line);
  field.focus({ preventScroll: true });
};

const scanned = queue ? record : lookUp;
const wedge = new ScanField(field, scanned);

station.addEventListener("submit", (event) => {
  event.preventDefault();
  const raw = field.value;
  field.value = "";
  if (raw.trim()) scanned(raw);
  else field.focus();
});

// ---- answers to forms inside the card come as a new card

document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== result) return;
  if (event.detail.requestConfig?.elt !== telling) tell(result.firstElementChild?.dataset.face);
  wedge.refocus();
});

// ---- small things

const byHand = document.getElementById("by-hand");
byHand.hidden = false;
field.inputMode = "none";
byHand.addEventListener("click", () => {
  const isOn = field.inputMode === "none";
  field.inputMode = isOn ? "text" : "none";
  byHand.setAttribute("aria-pressed", String(isOn));
  field.blur();
  field.focus();
});
const sounds = document.getElementById("sounds");
if (sounds) bindSwitch(sounds);
if (queue?.waiting.length) queue.send();
