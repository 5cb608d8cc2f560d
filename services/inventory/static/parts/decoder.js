// The phone's own reading of codes, on the day of the warehouse.
import { combine, decode, withoutSecrets as cut } from "./gs1/index.js";
import { facts } from "../../../../shared/web/static/parts/words.js";

const ALMATY_MINUTES = 5 * 60;

// The day in Almaty, by which dates of two digits are read and shelf life is counted.
export const today = (at = new Date()) =>
  new Date(at.getTime() + ALMATY_MINUTES * 60000).toISOString().slice(0, 10);

const options = () => ({ today: today(), substitutes: facts.substitutes ?? [] });

export const withoutSecrets = (raw) => cut(raw, options());

export const read = (raw) => decode(raw, options());

export const join = (first, second) => combine(first, second, options());

// A code that says lot or date and nothing of whose: the second one of a pack.
export const isSecondCode = (code) => Boolean(code?.warnings?.includes("NO_KEY"));
