// Dates as they are printed on packs: 03.2028 is the last day of that month.
const MONTH = /^(\d{1,2})[./\- ](\d{4}|\d{2})$/;
const DAY = /^(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})$/;
const ISO = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/;

// The date as YYYY-MM-DD, or null when it is none.
export const printedDate = (typed) => {
  const text = typed.trim();
  let found;
  if ((found = ISO.exec(text))) return dateOf(found[1], found[2], found[3]);
  if ((found = MONTH.exec(text))) return dateOf(found[2], found[1]);
  if ((found = DAY.exec(text))) return dateOf(found[3], found[2], found[1]);
  return null;
};

const dateOf = (yearText, monthText, dayText) => {
  const year = Number(yearText) + (yearText.length === 2 ? 2000 : 0);
  const month = Number(monthText);
  if (year < 2000 || year > 2100 || month < 1 || month > 12) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const day = dayText === undefined ? last : Number(dayText);
  if (day < 1 || day > last) return null;
  return [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
};

// As a person would type it from the pack.
export const typedDate = (iso) => (iso ? iso.split("-").reverse().join(".") : "");
