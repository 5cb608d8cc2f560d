// Whether the value of one element is possible; dates without any time zone.
import { checkCharacters, ruleAt } from "./dictionary.js";
import { refuse } from "./faults.js";
import { keyFault } from "./numbers.js";

const WHOLE_DAYS = new Set(["11", "12", "13", "15", "16", "17"]);
const INSTANTS = new Set(["4326", "7003", "7006", "7007", "7011", "8008"]);
const LONG_YEARS = new Set(["7250", "7251"]);
const COUNTS = new Set(["30", "37"]);
const KEY_LENGTHS = { "00": 18, 253: 13, 255: 13, 402: 17, 8017: 18, 8018: 18 };
for (const ai of ["01", "02", "03", "8003", "8006", "8026"]) KEY_LENGTHS[ai] = 14;
for (let ai = 410; ai < 418; ai += 1) KEY_LENGTHS[ai] = 13;

const YEARS_AHEAD = 50;
const YEARS_BACK = 49;

// The century puts the year 49 back to 50 ahead of today (GenSpecs 7.12).
const fullYear = (year, today) => {
  const now = Number(today.slice(0, 4));
  const ahead = year - (now % 100);
  const century = now - (now % 100) + (ahead > YEARS_AHEAD ? -100 : ahead < -YEARS_BACK ? 100 : 0);
  return century + year;
};

const daysIn = (year, month) => {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
};

const padded = (number, length) => String(number).padStart(length, "0");

// YYMMDD as YYYY-MM-DD; day 00 is the last of the month; null for no such day.
export const readDate = (digits, today) => {
  if (digits.length < 5) return null;
  const year = fullYear(Number(digits.slice(0, 2)), today);
  const month = Number(digits.slice(2, 4));
  const last = daysIn(year, month);
  const day = digits.slice(4, 6) === "00" ? last : Number(digits.slice(4, 6));
  if (!last || day < 1 || day > last) return null;
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
};

// YYMMDD, YYMMDDHH, -HHMM or -HHMMSS; here the day must be stated.
const isInstant = (digits, today) => {
  if (digits.slice(4, 6) === "00" || readDate(digits.slice(0, 6), today) === null) return false;
  return [23, 59, 59].every((limit, place) => Number(digits.slice(6 + 2 * place, 8 + 2 * place)) <= limit);
};

const instantsOf = (ai, value) =>
  ai === "7007" && value.length > 6 ? [value.slice(0, 6), value.slice(6)] : [value];

const checkDate = (ai, value, today) => {
  if (WHOLE_DAYS.has(ai) && readDate(value, today) === null) refuse("BAD_DATE");
  if (!INSTANTS.has(ai)) return;
  if (!instantsOf(ai, value).every((digits) => isInstant(digits, today))) refuse("BAD_DATE");
};

// Refuse an element whose characters, check digit, date or count is wrong.
export const judge = (ai, value, today) => {
  const rule = ruleAt(ai);
  checkCharacters(rule, value);
  const length = KEY_LENGTHS[ai];
  const fault = length ? keyFault(value.slice(0, length), [length]) : null;
  if (fault) refuse(fault);
  checkDate(ai, value, today);
  if (COUNTS.has(ai) && Number(value) === 0) refuse("ZERO_COUNT");
  if (!rule.pattern.test(value)) refuse(LONG_YEARS.has(ai) ? "BAD_DATE" : "INVALID_CHARACTER");
};
