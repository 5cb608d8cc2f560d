// What the dictionary of application identifiers says, and the check of one value.
import { SHAPES } from "./identifiers.js";
import { refuse } from "./faults.js";

const ALPHABETS = { N: /[0-9]/, X: /[!%-?A-Z_a-z"]/, Y: /[A-Z0-9#/-]/, Z: /[A-Za-z0-9_-]/ };
const LONGEST = 4;

export const GS = "\u001d";

// Key and signature of a state marking code.
export const SECRETS = ["91", "92", "93"];

export const isDigits = (text) => /^[0-9]+$/.test(text);
export const isLotCharacter = (character) => ALPHABETS.X.test(character);

const spread = (runs) =>
  runs.replace(/([NXYZ])(\d+)/g, (_, place, times) => place.repeat(Number(times)));

const rules = new Map();
for (const [named, runs, least, endsAtSeparator, pattern] of SHAPES) {
  const shape = { places: spread(runs), least, endsAtSeparator, pattern: new RegExp(`^(?:${pattern})$`) };
  shape.isNumeric = /^N+$/.test(shape.places);
  for (const range of named.split(" ")) {
    const [first, last = first] = range.split("-");
    for (let number = Number(first); number <= Number(last); number += 1) {
      const ai = String(number).padStart(first.length, "0");
      rules.set(ai, { ai, ...shape });
    }
  }
}

// The rule of the identifier that begins at `position`; no two share a beginning.
export const ruleAt = (text, position = 0) => {
  for (let length = 2; length <= LONGEST; length += 1) {
    const rule = rules.get(text.slice(position, position + length));
    if (rule) return rule;
  }
  return null;
};

// Refuse the first character that is wrong or too many, then the missing.
export const checkCharacters = (rule, value) => {
  for (let place = 0; place < value.length; place += 1) {
    if (place === rule.places.length) refuse("VALUE_TOO_LONG");
    if (!ALPHABETS[rule.places[place]].test(value[place])) refuse("INVALID_CHARACTER");
  }
  if (value.length < rule.least) refuse("TRUNCATED_ELEMENT");
};
