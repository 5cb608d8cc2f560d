// What one scan of a known code tells about the scanner that typed it.
//
// A press is what is kept of one key: its place, what the layout made of it, which
// keys were held and when it came. `read` is what the scan field made of them all.
import { character } from "./keys.js";

const GS = "\u001d";
const PREFIX = /^\][A-Za-z][0-9A-Za-z]$/;
const SLOW_MILLISECONDS = 45;
const CLOSE_ENOUGH = 0.75;
const LETTERS = /[^A-Za-z]/g;

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");

const pattern = (probe) =>
  new RegExp(`^(.{0,6}?)${probe.text.split(GS).map((part) => `(${escaped(part)})`).join("([^]{0,9}?)")}([^]{0,4}?)$`, "i");

const visible = (press) => !press.ctrlKey && !press.altKey && press.key.length === 1;

const found = (text, probes) => {
  for (const probe of probes) {
    const match = pattern(probe).exec(text);
    if (!match) continue;
    const isGs1 = probe.text.includes(GS);
    return {
      probe,
      prefix: match[1],
      body: isGs1 ? match[2] + match[4] : match[2],
      separator: isGs1 ? match[3] : null,
      suffix: match[match.length - 1],
    };
  }
  return null;
};

// How much of the probe is there in its order: a lost sign leaves most of it.
const share = (text, probe) => {
  const wanted = probe.text.replace(GS, "").toLowerCase();
  const there = text.toLowerCase();
  let row = new Array(there.length + 1).fill(0);
  for (const sign of wanted) {
    const next = [0];
    for (let at = 0; at < there.length; at += 1) {
      next.push(sign === there[at] ? row[at] + 1 : Math.max(row[at + 1], next[at]));
    }
    row = next;
  }
  return row[there.length] / wanted.length;
};

const finding = (subject, outcome, sign = "") => ({ subject, outcome, sign });

const wholeness = (texts, probes) => {
  const best = Math.max(...texts.flatMap((text) => probes.map((probe) => share(text, probe))));
  return finding("whole", best >= CLOSE_ENOUGH ? "lost" : "unknown");
};

const layout = (presses, isByPlace) => {
  if (!isByPlace) return finding("layout", "country");
  const signs = presses.filter(visible);
  const alts = presses.filter((press) => press.altKey && /^Numpad\d$/.test(press.code)).length;
  if (alts > signs.length) return finding("layout", "alt");
  if (!presses.some((press) => character(press) !== null)) return finding("layout", "text");
  const isOther = signs.some((press) => {
    const meant = character(press);
    return meant !== null && meant.toLowerCase() !== press.key.toLowerCase();
  });
  return finding("layout", isOther ? "device" : "good");
};

const swapped = (text) =>
  [...text].map((sign) => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase())).join("");

const letterCase = (presses, match) => {
  const wanted = match.probe.text.replace(GS, "").replace(LETTERS, "");
  const there = match.body.replace(LETTERS, "");
  if (wanted === "") return [];
  if (presses.some((press) => press.capsLock)) return [finding("case", "caps")];
  if (there === wanted) return [finding("case", "good")];
  return [finding("case", there === swapped(wanted) ? "swapped" : "converted")];
};

const separator = (presses, match) => {
  if (match.separator === null) return [];
  if (match.separator === "") return [finding("separator", "dropped")];
  if (match.separator !== GS) return [finding("separator", "other", shown(match.separator))];
  if (presses.some((press) => press.ctrlKey && press.code === "BracketRight")) {
    return [finding("separator", "control")];
  }
  const hasAlt = presses.some((press) => press.altKey);
  return [finding("separator", hasAlt ? "alt" : "raw")];
};

const shown = (text) =>
  [...text].map((sign) => (sign < " " ? `#${sign.charCodeAt(0)}` : sign)).join("");

const prefix = (match) => {
  if (match.prefix === "") return finding("prefix", "off");
  const isAim = PREFIX.test(match.prefix);
  return finding("prefix", isAim ? "on" : "odd", shown(match.prefix));
};

const ENDINGS = { Enter: "enter", NumpadEnter: "enter", Tab: "tab" };

const ending = (presses, match) => {
  if (match?.suffix) return finding("ending", "odd", shown(match.suffix));
  const last = presses[presses.length - 1];
  const isControl = last.ctrlKey && /^Key[JM]$/.test(last.code);
  return finding("ending", isControl ? "enter" : (ENDINGS[last.code] ?? "none"));
};

const speed = (presses) => {
  const gaps = presses.slice(1).map((press, at) => press.at - presses[at].at).sort((a, b) => a - b);
  if (gaps.length === 0) return [];
  const middle = gaps[Math.floor(gaps.length / 2)];
  const outcome = middle > SLOW_MILLISECONDS ? "slow" : "good";
  return [finding("speed", outcome, String(Math.round(middle)))];
};

export const judge = (presses, read, probes) => {
  const typed = presses.filter(visible).map((press) => press.key).join("");
  const byPlace = found(read, probes);
  const match = byPlace ?? found(typed, probes);
  if (!match) return { probe: null, findings: [wholeness([read, typed], probes), ending(presses, null)] };
  return {
    probe: match.probe.name,
    findings: [
      finding("whole", "good"),
      layout(presses, byPlace !== null),
      ...letterCase(presses, match),
      ...(byPlace ? separator(presses, match) : []),
      ...(byPlace ? [prefix(match)] : []),
      ending(presses, match),
      ...speed(presses),
    ],
  };
};
