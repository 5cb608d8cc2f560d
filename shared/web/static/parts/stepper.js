// Minus and plus beside a number; a shortcut button sets it: <button data-set="36">.
const limit = (input, value) => {
  const low = input.min === "" ? -Infinity : Number(input.min);
  const high = input.max === "" ? Infinity : Number(input.max);
  return Math.min(high, Math.max(low, value));
};

const put = (input, value) => {
  input.value = String(limit(input, value));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
};

document.addEventListener("click", (event) => {
  const button = event.target.closest(".stepper button[data-step]");
  if (button) {
    const input = button.closest(".stepper").querySelector("input");
    put(input, (Number(input.value) || 0) + Number(button.dataset.step));
    return;
  }
  const shortcut = event.target.closest("button[data-set]");
  if (shortcut) {
    const input = document.getElementById(shortcut.dataset.for);
    if (input) put(input, Number(shortcut.dataset.set));
  }
});
