// The scanner test: keys are read as the scan field reads them, then judged.
import { ScanField } from "./parts/field.js";
import { judge } from "./parts/scanner_judge.js";

const QUIET_MILLISECONDS = 400;
const SCAN_MIN = 6;

const page = document.getElementById("scanner-test");
const field = document.getElementById("code");
const result = document.getElementById("result");
const report = document.getElementById("report");
const probes = JSON.parse(page.dataset.probes);
let presses = [];
let quiet = 0;

const isOurs = (target) =>
  target === field || !(target instanceof HTMLElement) || !target.closest("input, select, textarea, dialog, button, summary, a");

const remember = (event) => {
  if (!isOurs(event.target) || /^(Shift|Control|Alt|Meta|CapsLock|NumLock)/.test(event.key)) return;
  presses.push({
    code: event.code,
    key: event.key,
    shiftKey: event.shiftKey,
    ctrlKey: event.ctrlKey,
    altKey: event.altKey,
    capsLock: event.getModifierState("CapsLock"),
    at: event.timeStamp,
  });
  clearTimeout(quiet);
  quiet = setTimeout(endWithout, QUIET_MILLISECONDS);
};

// No Enter came: the scan has to be judged all the same, and the field emptied.
const endWithout = () => {
  const text = field.value;
  if (text.length >= SCAN_MIN && presses.length > 0) {
    field.value = "";
    scanned(text);
  }
  presses = [];
};

// ---- saying it

const words = (subject, outcome) => page.querySelector(`[data-finding="${subject}-${outcome}"]`);
const filled = (text, sign) => text.replace("%(sign)s", sign);

const told = ({ subject, outcome, sign }) => {
  const said = words(subject, outcome);
  return {
    weight: said.dataset.weight,
    subject: page.querySelector(`[data-subject="${subject}"]`).textContent,
    says: filled(said.querySelector("[data-says]").textContent, sign),
    remedy: said.querySelector("[data-remedy]").textContent,
  };
};

const line = (one) => {
  const part = document.getElementById(`line-${one.weight}`).content.cloneNode(true);
  part.querySelector("[data-what]").textContent = one.subject;
  part.querySelector("[data-said]").textContent = one.says;
  part.querySelector("[data-do]").textContent = one.remedy;
  return part;
};

const title = (name) => (name ? page.querySelector(`[data-probe="${name}"] figcaption`).textContent : "");

const show = (name, lines) => {
  const verdict = lines.some((one) => one.weight === "fault") ? "fault" : "good";
  result.replaceChildren(document.getElementById(`verdict-${verdict}`).content.cloneNode(true));
  result.querySelector("[data-which]").textContent = title(name);
  result.querySelector("[data-lines]").replaceChildren(...lines.map(line));
};

const writeReport = (name, lines) => {
  const marks = { good: "+", note: "·", fault: "!" };
  const said = lines.map((one) => `${marks[one.weight]} ${one.subject}: ${one.says}${one.remedy ? ` ${one.remedy}` : ""}`);
  const earlier = report.value && `${report.value}\n\n`;
  report.value = `${earlier}${title(name) || page.dataset.unknown}\n${said.join("\n")}`;
  if (!earlier) report.value = `${page.dataset.heading}\n${navigator.userAgent}\n\n${report.value}`;
  document.getElementById("report-box").hidden = false;
};

const scanned = (text) => {
  clearTimeout(quiet);
  const verdict = judge(presses, text, probes);
  presses = [];
  const lines = verdict.findings.map(told);
  show(verdict.probe, lines);
  writeReport(verdict.probe, lines);
  page.querySelector(`[data-probe="${verdict.probe}"]`)?.setAttribute("data-done", "");
};

// ---- passing it on

const copy = async () => {
  try {
    await navigator.clipboard.writeText(report.value);
    document.getElementById("copied").hidden = false;
  } catch {
    report.focus();
    report.select();
  }
};

// before the scan field's own listeners: it stops keys that it takes
window.addEventListener("keydown", remember, true);
new ScanField(field, scanned);
document.getElementById("copy").addEventListener("click", copy);
const send = document.getElementById("send");
send.hidden = !navigator.share;
send.addEventListener("click", () => navigator.share({ text: report.value }).catch(() => {}));
document.getElementById("print").addEventListener("click", () => window.print());
document.getElementById("needs-script").hidden = true;
document.getElementById("desk").hidden = false;
