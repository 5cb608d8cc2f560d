// Three ways to cut a text into elements [identifier, value], in reading order. They
// are generators, so that the reader meets the faults in that order too.
import { GS, isDigits, isLotCharacter, ruleAt } from "./dictionary.js";
import { refuse } from "./faults.js";
import { GTIN_LENGTHS } from "./numbers.js";

// ---- element strings: fixed lengths and separators

const unreadable = (text, position) => {
  if (!isDigits(text.slice(0, 2))) return "NOT_GS1";
  return isLotCharacter(text[position]) ? "UNKNOWN_AI" : "INVALID_CHARACTER";
};

export const valueAt = (text, start, rule) => {
  const end = text.indexOf(GS, start);
  const value = text.slice(start, end < 0 ? text.length : end);
  return rule.endsAtSeparator ? value : value.slice(0, rule.places.length);
};

export function* cutElementString(text) {
  let position = 0;
  while (position < text.length) {
    if (text[position] === GS) {
      position += 1;
      continue;
    }
    const rule = ruleAt(text, position) ?? refuse(unreadable(text, position));
    const value = valueAt(text, position + rule.ai.length, rule);
    yield [rule.ai, value];
    position += rule.ai.length + value.length;
  }
}

// ---- what is printed under the symbol: (01)…(17)…(10)…

// A bracket belongs to the value when the value may hold one and no digit follows.
export const nextBracket = (text, start, rule) => {
  const opening = rule.isNumeric ? /\(/g : /\((?=[0-9)]|$)/g;
  opening.lastIndex = start;
  return opening.exec(text)?.index ?? text.length;
};

export function* cutBrackets(text) {
  let position = 0;
  while (position < text.length) {
    const [opened, ai] = /^\(([0-9]{2,4})\)/.exec(text.slice(position, position + 6)) ?? refuse("BAD_HRI");
    const rule = ruleAt(ai);
    if (rule?.ai !== ai) refuse("UNKNOWN_AI");
    const start = position + opened.length;
    position = nextBracket(text, start, rule);
    yield [ai, text.slice(start, position).replace(/^[ \u001d]+|[ \u001d]+$/g, "")];
  }
}

// ---- GS1 Digital Link: the address is read, never fetched

const QUALIFIERS = new Map([
  ["00", []],
  ["01", ["22", "10", "21", "235"]],
  ["8006", ["22", "10", "21"]],
]);

export const isLink = (text) => /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text);

// Malformed percents are taken literally; what is not ASCII is no GS1 character.
const unquoted = (text) =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex) => {
    const byte = parseInt(hex, 16);
    return byte < 0x80 ? String.fromCharCode(byte) : "\ufffd";
  });

const bodyOf = (text) => {
  const [scheme] = text.split(":", 1);
  if (!/^https?$/i.test(scheme)) refuse("UNSUPPORTED_URI");
  const rest = text.slice(scheme.length + 1);
  if (!/^(?:https?|HTTPS?)$/.test(scheme) || !rest.startsWith("//") || rest[2] === "/") refuse("BAD_URI");
  return rest.slice(2).split("#", 1)[0];
};

// Search from the end, by pairs: a shop's own path may hold /01/ too.
export const keyPosition = (segments) => {
  for (let place = segments.length - 2; place >= 0; place -= 2) {
    if (QUALIFIERS.has(segments[place])) return place;
  }
  return -1;
};

const withFullKey = (ai, value) => {
  if (ai !== "01" || !isDigits(value)) return value;
  return GTIN_LENGTHS.includes(value.length) ? value.padStart(14, "0") : refuse("BAD_LENGTH");
};

function* cutPath(segments) {
  const start = keyPosition(segments);
  if (start < 0) refuse("BAD_URI");
  const key = segments[start];
  yield [key, withFullKey(key, unquoted(segments[start + 1]))];
  let awaited = QUALIFIERS.get(key);
  for (let place = start + 2; place < segments.length; place += 2) {
    const found = awaited.indexOf(segments[place]);
    if (found < 0) refuse("BAD_URI");
    awaited = awaited.slice(found + 1);
    yield [segments[place], unquoted(segments[place + 1])];
  }
}

function* cutQuery(query) {
  for (const parameter of query.split(/[&;]/)) {
    const [ai] = parameter.split("=", 1);
    if (!isDigits(ai)) continue;
    if (ruleAt(ai)?.ai !== ai) refuse("UNKNOWN_AI");
    yield [ai, withFullKey(ai, unquoted(parameter.slice(ai.length + 1).replace(/\+/g, " ")))];
  }
}

// The path and the query of an address, the path cut into its segments.
export const partsOf = (body) => {
  const [path] = body.split("?", 1);
  return { segments: path.replace(/\/+$/, "").split("/").slice(1), query: body.slice(path.length + 1) };
};

export function* cutLink(text) {
  const { segments, query } = partsOf(bodyOf(text));
  yield* cutPath(segments);
  yield* cutQuery(query);
}
