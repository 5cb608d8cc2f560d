// Four parts of one line must add up to what was sent; the sum follows the fingers.
import { ENDS } from "./telling.js";

export const field = (line, end) => line.querySelector(`.part input[name^="${end}-"]`);
const number = (input) => Number(input.value) || 0;

export const endsOf = (line) => Object.fromEntries(ENDS.map((end) => [end, number(field(line, end))]));

export const reasonOf = (line) => line.querySelector("[data-why] select").value;

const told = (line) => Object.values(endsOf(line)).reduce((sum, each) => sum + each, 0);

export const addsUp = (line) => told(line) === Number(line.dataset.sent);

const show = (part, isShown) => {
  if (part) part.hidden = !isShown;
};

export const add = (line) => {
  const isRight = addsUp(line);
  const sum = line.querySelector("[data-sum]");
  sum.querySelector("[data-told]").textContent = String(told(line));
  sum.classList.toggle("ok", isRight);
  sum.classList.toggle("care", !isRight);
  const use = sum.querySelector("use");
  const icons = use.getAttribute("href").split("#")[0];
  use.setAttribute("href", `${icons}#${isRight ? "okc" : "tri"}`);
  show(sum.querySelector("[data-right]"), isRight);
  show(sum.querySelector("[data-wrong]"), !isRight);
  show(line.querySelector("[data-fill]"), !isRight);
  show(line.querySelector("[data-why]"), number(field(line, "refused")) > 0);
};

// What was typed before this listened is summed, too.
document.querySelectorAll("#gate [data-line]").forEach(add);

document.addEventListener("input", (event) => {
  const line = event.target.closest("[data-line]");
  if (line) add(line);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rest]");
  if (!button) return;
  const line = button.closest("[data-line]");
  const wanted = field(line, button.dataset.rest);
  wanted.value = String(Math.max(0, number(wanted) + Number(line.dataset.sent) - told(line)));
  add(line);
  wanted.focus();
});
