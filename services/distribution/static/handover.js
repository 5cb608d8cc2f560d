// Four parts of one line must add up to what was sent; the sum follows the fingers.
const number = (input) => Number(input.value) || 0;

const show = (part, isShown) => {
  if (part) part.hidden = !isShown;
};

const add = (line) => {
  const inputs = [...line.querySelectorAll(".part input[type=number]")];
  const told = inputs.reduce((sum, input) => sum + number(input), 0);
  const isRight = told === Number(line.dataset.sent);
  const sum = line.querySelector("[data-sum]");
  if (!sum) return;
  sum.querySelector("[data-told]").textContent = String(told);
  sum.classList.toggle("ok", isRight);
  sum.classList.toggle("care", !isRight);
  const use = sum.querySelector("use");
  const icons = use.getAttribute("href").split("#")[0];
  use.setAttribute("href", `${icons}#${isRight ? "okc" : "tri"}`);
  show(sum.querySelector("[data-right]"), isRight);
  show(sum.querySelector("[data-wrong]"), !isRight);
  show(line.querySelector("[data-fill]"), !isRight);
  show(line.querySelector("[data-why]"), number(inputs[1]) > 0);
};

document.addEventListener("input", (event) => {
  const line = event.target.closest("[data-line]");
  if (line) add(line);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rest]");
  if (!button) return;
  const line = button.closest("[data-line]");
  const inputs = [...line.querySelectorAll(".part input[type=number]")];
  const told = inputs.reduce((sum, input) => sum + number(input), 0);
  const wanted = inputs.find((input) => input.name.startsWith(button.dataset.rest));
  wanted.value = String(Math.max(0, number(wanted) + Number(line.dataset.sent) - told));
  add(line);
  wanted.focus();
});
