// Many lines on a small screen: one of them is found by what is written on it.
import { say } from "../../../../shared/web/static/parts/words.js";

const MANY = 12;

export const linesIn = (place) => [...place.querySelectorAll("[data-line]")];

export const isLong = (place) => linesIn(place).length > MANY;

// Bring a line into sight, though its unit is folded or it was not looked for.
export const reveal = (line) => {
  const group = line.closest("[data-group]");
  line.hidden = false;
  if (!group) return;
  group.hidden = false;
  group.open = true;
};

const textOf = (line) => {
  const parts = [line.closest("[data-group]").querySelector("summary"), ...line.querySelectorAll("[data-told-by]")];
  return parts.map((part) => part.textContent).join(" ").toLowerCase();
};

const groupsIn = (place) => [...place.querySelectorAll("[data-group]")];

// Show the lines that say every word that is wanted, and the units that have any.
const keep = (place, wanted) => {
  linesIn(place).forEach((line) => {
    const text = textOf(line);
    line.hidden = !wanted.every((word) => text.includes(word));
  });
  groupsIn(place).forEach((group) => {
    group.hidden = group.querySelector("[data-line]:not([hidden])") === null;
  });
};

export const findLines = (place) => {
  const field = place.querySelector("[data-find]");
  if (!field || !isLong(place)) return;
  const input = field.querySelector("input");
  let folded = null; // while something is looked for: the units that were folded before

  const find = () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    keep(place, wanted);
    folded ??= groupsIn(place).filter((group) => !group.open);
    folded.forEach((group) => {
      group.open = wanted.length > 0;
    });
    if (!wanted.length) folded = null;
    const count = linesIn(place).filter((line) => !line.hidden).length;
    field.querySelector("[data-found]").textContent = wanted.length ? say("lines", { count }) : "";
  };

  field.hidden = false;
  input.addEventListener("input", find);
  // the field stands in the form of a handover: Enter is not "record it"
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
};
