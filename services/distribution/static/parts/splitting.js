// Recording in parts, on a small screen: what is settled folds, unit by unit, and a
// button leads to the next line that is not.
import { number } from "../../../../shared/web/static/parts/words.js";
import { isLong, linesIn, reveal } from "./finding.js";
import { addsUp, endsOf, reasonOf } from "./sums.js";

const isOpen = (line) => !addsUp(line) || (endsOf(line).refused > 0 && !reasonOf(line));

const openIn = (place) => linesIn(place).filter(isOpen);

// Goods that must not be given stay in sight.
const isToSee = (group) => openIn(group).length > 0 || group.querySelector("[data-recalled]:not([hidden]), [data-closed]:not([hidden]), [data-expired]:not([hidden])");

const form = document.getElementById("gate");
const next = document.querySelector("[data-next]");

const isWhole = () => document.querySelector("[data-whole]:not([hidden])") !== null;

let isFolded = false;

const foldSettled = () => {
  const groups = [...form.querySelectorAll("[data-group]")];
  if (isFolded || !isLong(form) || groups.length === 1) return;
  isFolded = true;
  groups.forEach((group) => {
    group.open = Boolean(isToSee(group));
  });
};

const show = (selector, isShown) =>
  document.querySelectorAll(selector).forEach((part) => {
    part.hidden = !isShown;
  });

const count = () => {
  if (!next) return;
  const open = openIn(form).length;
  next.hidden = open === 0 || isWhole();
  next.querySelector("[data-open-count]").textContent = number(open);
};

// Splitting is the second step: it opens here, and without script on a page of its own.
export const split = () => {
  show("[data-parts]", true);
  show("[data-whole]", false);
  foldSettled();
  count();
};

let last = null;

const follows = (line) => last && last.compareDocumentPosition(line) & Node.DOCUMENT_POSITION_FOLLOWING;

const goOn = () => {
  const open = openIn(form);
  last = open.find(follows) ?? open[0];
  reveal(last);
  last.scrollIntoView({ block: "center" });
  last.querySelector("input").focus({ preventScroll: true });
};

document.addEventListener("input", (event) => event.target.closest("[data-line]") && count());

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-split]")) {
    event.preventDefault();
    split();
  }
  if (event.target.closest("[data-next]")) goOn();
  if (event.target.closest("[data-rest]")) count();
});
