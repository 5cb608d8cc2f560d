// What the page was given to know and to say; the words are those of its language.
export const facts = JSON.parse(document.getElementById("facts")?.dataset.facts ?? "{}");

// The words come apart from the page; the worker keeps them beside it.
export const loadWords = async () => {
  const answer = await fetch(facts.words_at);
  facts.words = await answer.json();
};

// A text by its name; each %(name)s is filled from the facts, and what is not known is
// left out with its brackets.
export const say = (name, filling = {}) => {
  const text = facts.words?.[name] ?? "";
  const filled = text.replace(/%\((\w+)\)s/g, (_all, key) => String(filling[key] ?? "…"));
  return filled.replace(/ \(…\)/g, "");
};

export const has = (name) => Boolean(facts.words?.[name]);

const SEPARATORS = { en: ",", ru: "\u00a0", kk: "\u00a0" };

export const number = (value) =>
  String(value).replace(/\B(?=(\d{3})+$)/g, SEPARATORS[facts.language] ?? ",");

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

// A date as the rest of the site writes it.
export const day = (iso) => {
  const [year, month, date] = iso.split("-");
  if (facts.language !== "en") return `${date}.${month}.${year}`;
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`;
};

const ALMATY = 5 * 60 * 60 * 1000;

// The time of day at the warehouse, whatever the phone is set to.
export const clock = (iso) => new Date(Date.parse(iso) + ALMATY).toISOString().slice(11, 16);

// A product's name in the reader's language, else Russian, English or its code.
export const nameOf = (product) =>
  [facts.language, "ru", "en"].map((one) => product?.names?.[one]).find(Boolean) ??
  product?.product_code ??
  "";
