// Take off the wrapping, put separators back, part the prefix of the symbology.
import { GS } from "./dictionary.js";
import { refuse } from "./faults.js";
import { GS1_PREFIXES, SYMBOLOGY_LETTERS } from "./identifiers.js";

const CHARACTERS_MAX = 512;
const WRAPPING = "\r\n\t ";

// Without regular expressions: a long run in the middle would make them slow.
const stripped = (text, characters) => {
  let start = 0;
  let end = text.length;
  while (start < end && characters.includes(text[start])) start += 1;
  while (end > start && characters.includes(text[end - 1])) end -= 1;
  return text.slice(start, end);
};

export const withSeparators = (text, substitutes) =>
  [...substitutes]
    .sort((one, another) => another.length - one.length)
    .reduce((kept, substitute) => kept.split(substitute).join(GS), stripped(text, WRAPPING));

// The scan with real separators; a text that no scanner should send is refused.
export const clean = (raw, substitutes) => {
  const text = withSeparators(raw, substitutes);
  if (text.length > CHARACTERS_MAX && [...text].length > CHARACTERS_MAX) refuse("TOO_LONG");
  const bare = stripped(text, GS);
  if (bare === "") refuse("EMPTY");
  if (/[\u0400-\u052f]/.test(bare)) refuse("WRONG_KEYBOARD_LAYOUT");
  if (!/^[\x20-\x7e\u001d]+$/.test(bare)) refuse("INVALID_CHARACTER");
  return bare;
};

// What the prefix lets us expect: "retail" (EAN and UPC), "gs1" or "any".
export const splitPrefix = (text) => {
  if (!text.startsWith("]")) return { carrier: "any", body: text, prefix: "" };
  const [letter, modifier] = text.slice(1, 3);
  if (!letter || !SYMBOLOGY_LETTERS.includes(letter) || !/^[A-Za-z0-9]$/.test(modifier ?? "")) {
    refuse("BAD_SYMBOLOGY_ID");
  }
  const carrier = letter === "E" ? "retail" : GS1_PREFIXES.includes(letter + modifier) ? "gs1" : "any";
  return { carrier, prefix: text.slice(0, 3), body: stripped(text.slice(3), GS) };
};
