// Keys (GTIN, SSCC, GLN) and what bare digits may be.
import { isDigits, ruleAt } from "./dictionary.js";
import { refuse } from "./faults.js";

export const GTIN_LENGTHS = [8, 12, 13, 14];
const SSCC_LENGTH = 18;
const LONG = [12, 13, 14, SSCC_LENGTH];
const KEY_LENGTHS = { "00": SSCC_LENGTH, "01": 14, "02": 14 };

const checkDigit = (payload) => {
  let sum = 0;
  for (let place = 0; place < payload.length; place += 1) {
    sum += Number(payload[payload.length - 1 - place]) * (place % 2 ? 1 : 3);
  }
  return (10 - (sum % 10)) % 10;
};

// The code of what is wrong with a key, or null.
export const keyFault = (text, lengths) => {
  if (!isDigits(text)) return "INVALID_CHARACTER";
  if (!lengths.includes(text.length)) return "BAD_LENGTH";
  if (/^0+$/.test(text)) return "ZERO_GTIN";
  return checkDigit(text.slice(0, -1)) === Number(text.slice(-1)) ? null : "BAD_CHECK_DIGIT";
};

const isSound = (digits, lengths) => keyFault(digits, lengths) === null;

export const hasLengthOfGtin = (digits) => GTIN_LENGTHS.includes(digits.length);

const opensWithKey = (digits) => {
  const length = KEY_LENGTHS[digits.slice(0, 2)];
  return length !== undefined && isSound(digits.slice(2, 2 + length), [length]);
};

// Whether the length decides for one bare number. 18 digits may also be a GTIN
// element and an identifier whose value got lost; then nothing is guessed.
export const isNumber = (text) => {
  if (!isDigits(text) || !(hasLengthOfGtin(text) || text.length === SSCC_LENGTH)) return false;
  if (!opensWithKey(text)) return true;
  return isSound(text, [SSCC_LENGTH]) && ruleAt(text, 16) === null;
};

// Whether the digits are several sound numbers, one after another.
const isGlued = (digits) => {
  const reachable = new Set([0]);
  for (let end = LONG[0]; end <= digits.length; end += 1) {
    const reaches = (length) => reachable.has(end - length) && isSound(digits.slice(end - length, end), LONG);
    if (LONG.some(reaches)) reachable.add(end);
  }
  return reachable.has(digits.length) && digits.length > SSCC_LENGTH;
};

export const isSeveralNumbers = (text) => {
  const digits = text.replace(/[\u001d ]/g, "");
  return isDigits(digits) && !opensWithKey(digits) && isGlued(digits);
};

// One bare number, as the element it stands for.
export const readNumber = (digits) => {
  const isSscc = digits.length === SSCC_LENGTH;
  const fault = keyFault(digits, isSscc ? [SSCC_LENGTH] : GTIN_LENGTHS);
  if (fault) refuse(fault);
  return isSscc ? ["00", digits] : ["01", digits.padStart(14, "0")];
};

// The shortest form of a GTIN, and whether its number means something only inside
// one company or country (restricted circulation).
export const formOf = (gtin) => {
  const needed = gtin.replace(/^0+/, "").length;
  const length = GTIN_LENGTHS.find((possible) => possible >= needed);
  const isLocal =
    length === 8 ? "02".includes(gtin[6]) : gtin[1] === "2" || ["02", "04"].includes(gtin.slice(1, 3));
  return { format: `GTIN-${length}`, rcn: length !== 14 && isLocal };
};
