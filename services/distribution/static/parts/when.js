// For which day a unit asks, and for which month the numbers in a phone hold.
const HOUR = 3600 * 1000;
const ALMATY = 5 * HOUR;
const FORTNIGHT = 14 * 24 * HOUR;

// The day in Almaty, whatever the phone is set to.
export const dayAt = (instant) => new Date(instant + ALMATY).toISOString().slice(0, 10);

const monthOf = (day) => day.slice(0, 7);

// A month as digits, as the pages write it.
export const monthWord = (day) => `${day.slice(5, 7)}.${day.slice(0, 4)}`;

// Delivery days that a phone may still offer.
export const daysAhead = ({ delivery_days }, now) => delivery_days.filter((day) => day >= dayAt(now));

// The day the numbers were worked out for while it lies ahead; else, by the rule of
// domain/suggestion.py, the next delivery, or a day a fortnight ahead.
export const usualDay = (unit, now) => {
  const today = dayAt(now);
  const ahead = daysAhead(unit, now);
  if (unit.needed_by >= today) return unit.needed_by;
  return ahead.find((day) => day > today) ?? ahead[0] ?? dayAt(now + FORTNIGHT);
};

// Of another month the phone does not know what is due, nor what came of it.
const uncounted = (line) => ({ ...line, entitlement: null, received: 0, due_left: null, suggested: 0 });

export const isCountedFor = (unit, day) => monthOf(day) === monthOf(unit.needed_by);

// A line of a unit as it holds for a day.
export const lineFor = (unit, day, line) => (isCountedFor(unit, day) ? line : uncounted(line));
