// What a code says, read on the phone exactly as the warehouse reads it: the modules
// of services/inventory/domain/scanning, told again. A test holds the two together.
import { clean, splitPrefix } from "./cleaning.js";
import { cutBrackets, cutElementString, cutLink, isLink } from "./cutting.js";
import { SECRETS, isDigits, ruleAt } from "./dictionary.js";
import { ScanFault, refuse } from "./faults.js";
import { hasLengthOfGtin, isNumber, isSeveralNumbers, readNumber } from "./numbers.js";
import { NAMES, answerOf, checkPairing, hasKey, read, readOne } from "./reading.js";

export { withoutSecrets } from "./secrets.js";

/**
 * Read one scan.
 *
 * @param {string} text what the scanner, the camera or a person gave
 * @param {{today: string, substitutes?: string[]}} options `today` as YYYY-MM-DD
 *   settles the century of two-digit years; `substitutes` are the texts that this
 *   device sends where the symbol holds a separator, such as "{GS}"
 * @returns {object} the keys of API.md (`kind`, `gtin`, `lot`, `expiry`, …), only
 *   those the code spoke of; or `{error}` with the first fault in reading order, one
 *   of the codes of DOMAIN 1.4
 */
export const decode = (text, options) => answered(() => answerOf(scanned(text, { ...options, isAlone: true })));

/**
 * Join two scans of one pack, in either order: lot and expiry often stand apart from
 * the number.
 *
 * @param {string} first
 * @param {string} second
 * @param {{today: string, substitutes?: string[]}} options as for `decode`
 * @returns {object} as `decode`; `{error}` too when the two contradict each other:
 *   then they are two packs
 */
export const combine = (first, second, options) =>
  answered(() => {
    const terms = { ...options, isAlone: false };
    return answerOf(joined(scanned(first, terms), scanned(second, terms)));
  });

const answered = (reading) => {
  try {
    return reading();
  } catch (problem) {
    if (problem instanceof ScanFault) return { error: problem.code };
    throw problem;
  }
};

const scanned = (raw, { substitutes = [], ...terms }) => {
  const { carrier, body } = splitPrefix(clean(raw, substitutes));
  if (body === "") refuse("EMPTY");
  if (carrier === "retail" && !isDigits(body)) refuse("INVALID_CHARACTER");
  if (isLink(body)) return read("digital_link", cutLink(body), terms);
  if (body.startsWith("(")) return read("hri", cutBrackets(body), terms);
  return carrier === "gs1" ? gs1Symbol(body, terms) : unknownSymbol(body, carrier, terms);
};

const bareNumber = (digits, terms) => {
  const [ai, value] = readNumber(digits);
  return readOne(ai === "00" ? "sscc" : "gtin", ai, value, terms);
};

// Label printers exist that put a naked EAN into a GS1-128.
const gs1Symbol = (text, terms) => {
  if (!isNumber(text)) return read("element", cutElementString(text), terms);
  try {
    return read("element", cutElementString(text), { ...terms, isAlone: true });
  } catch (problem) {
    if (problem instanceof ScanFault) return bareNumber(text, terms);
    throw problem;
  }
};

// The count of digits decides first: 4005808123452 is a German EAN-13, though (400)
// with an order number fits too.
const unknownSymbol = (text, carrier, terms) => {
  const wrongLength = () => refuse(isSeveralNumbers(text) ? "MULTIPLE_CODES" : "BAD_LENGTH");
  if (carrier === "retail" && !hasLengthOfGtin(text)) wrongLength();
  if (isNumber(text)) return bareNumber(text, terms);
  if (isSeveralNumbers(text)) refuse("MULTIPLE_CODES");
  if (isDigits(text) && ruleAt(text) === null) wrongLength();
  return read("element", cutElementString(text), terms);
};

const NAMED = Object.values(NAMES);

// What has no name of its own must say the same too; there the same is the same text.
const checkOthers = (first, second) => {
  for (const [ai, value] of second.values) {
    if (SECRETS.includes(ai) || NAMED.includes(ai)) continue;
    if ((first.values.get(ai) ?? value) !== value) refuse("DUPLICATE_AI");
  }
};

const joined = (first, second) => {
  const identifiers = [...new Set([...first.identifiers, ...second.identifiers])];
  checkPairing(identifiers);
  const [keyed, other] = hasKey(first.identifiers) ? [first, second] : [second, first];
  const facts = {};
  for (const name of Object.keys(NAMES)) {
    const [mine, theirs] = [keyed.facts[name], other.facts[name]];
    if (mine !== undefined && theirs !== undefined && mine !== theirs) refuse("DUPLICATE_AI");
    const value = mine ?? theirs;
    if (value !== undefined) facts[name] = value;
  }
  checkOthers(first, second);
  const held = [...new Set([...first.warnings, ...second.warnings])];
  const warnings = held.filter((warning) => warning !== "NO_KEY" || !hasKey(identifiers));
  return { kind: keyed.kind, facts, identifiers, warnings };
};
