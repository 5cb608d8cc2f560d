// The secret part of a state marking code is cut off before anything is kept.
import { splitPrefix, withSeparators } from "./cleaning.js";
import { isLink, keyPosition, nextBracket, partsOf, valueAt } from "./cutting.js";
import { GS, SECRETS, isDigits, ruleAt } from "./dictionary.js";
import { ScanFault } from "./faults.js";
import { isNumber } from "./numbers.js";

// Key and signature that ran into another value because the separators were lost.
const GLUED = /(?:91.{4}92.{44,}|93.{4})$/s;

/**
 * Cut the elements 91, 92 and 93 out of a scan; everything else stays as it can be
 * scanned. A text without them comes back unchanged.
 *
 * Works on any text, readable or not, with and without a symbology prefix. A serial of
 * lawful length that merely ends like a key is left alone: nothing is cut by guess.
 *
 * @param {string} text what was scanned
 * @param {{substitutes?: string[]}} options as for `decode`
 * @returns {string} the text to keep; empty when it was nothing but secrets
 */
export const withoutSecrets = (text, { substitutes = [] } = {}) => {
  const { carrier, prefix, body } = parted(withSeparators(text, substitutes));
  const kept = cutOf(body, carrier);
  if (kept === body) return text;
  const tidy = kept.replace(/\u001d+/g, GS).replace(/^\u001d|\u001d$/g, "");
  return tidy === "" ? "" : prefix + tidy;
};

const parted = (text) => {
  try {
    return splitPrefix(text);
  } catch (problem) {
    if (!(problem instanceof ScanFault)) throw problem;
    return { carrier: "any", prefix: "", body: text };
  }
};

// An Austrian EAN begins with 91 too: bare digits are no elements.
const cutOf = (body, carrier) => {
  const isBare = carrier === "gs1" ? false : carrier === "retail" || isNumber(body);
  if (isBare || (isDigits(body) && ruleAt(body) === null)) return body;
  if (isLink(body)) return linkWithout(body);
  return body.startsWith("(") ? bracketsWithout(body) : elementsWithout(body);
};

const elementsWithout = (text) => {
  let kept = "";
  let position = 0;
  while (position < text.length) {
    if (text[position] === GS) {
      kept += GS;
      position += 1;
      continue;
    }
    const rule = ruleAt(text, position);
    if (rule === null) return kept + segmentsWithout(text.slice(position));
    const value = valueAt(text, position + rule.ai.length, rule);
    position += rule.ai.length + value.length;
    if (!SECRETS.includes(rule.ai)) kept += rule.ai + soundPart(value, rule);
  }
  return kept;
};

const soundPart = (value, rule) =>
  value.length > rule.places.length ? value.replace(GLUED, "") : value;

// What cannot be read further may still hold elements between separators.
const segmentsWithout = (text) =>
  text
    .split(GS)
    .filter((segment) => !SECRETS.includes(segment.slice(0, 2)))
    .join(GS)
    .replace(GLUED, "");

const bracketsWithout = (text) => {
  const secret = /\(9[123]\)/g;
  let kept = "";
  let position = 0;
  for (let found = secret.exec(text); found; found = secret.exec(text)) {
    kept += text.slice(position, found.index);
    position = nextBracket(text, secret.lastIndex, ruleAt("91"));
    secret.lastIndex = position;
  }
  return kept + text.slice(position);
};

const linkWithout = (text) => {
  const [, opening, body] = /^([^:]*:(?:\/\/)?)([^#]*)/.exec(text);
  const { segments, query } = partsOf(body);
  const from = keyPosition(segments) + 2;
  const path = segments.filter((_, place) => {
    const isNamed = from > 1 && place >= from;
    return !(isNamed && SECRETS.includes(segments[place - ((place - from) % 2)]));
  });
  const rest = query.replace(/(^|[&;])9[123](?:=[^&;]*)?(?=[&;]|$)/g, "").replace(/^[&;]/, "");
  if (path.length === segments.length && rest === query) return text;
  const [host] = body.split(/[/?]/, 1);
  return `${opening}${[host, ...path].join("/")}${rest ? `?${rest}` : ""}`;
};
