// Whoever signs out with work still in the phone is told how much, and may stay.
import { forgetPerson, setting, unsentOf } from "./phone.js";

const WAY_OUT = 'form[action="/account/sign-out"]';

const leave = async (form, person) => {
  if (person) await forgetPerson(person.account_id).catch(() => {});
  form.submit();
};

const ask = (dialog, count) =>
  new Promise((resolve) => {
    dialog.querySelector("[data-unsent]").textContent = String(count);
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "leave"), { once: true });
    dialog.returnValue = "";
    dialog.showModal();
  });

document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.(WAY_OUT);
  const dialog = document.getElementById("unsent-dialog");
  if (!form || !dialog) return;
  event.preventDefault();
  const person = await setting("person").catch(() => null);
  const count = person ? await unsentOf(person.account_id).catch(() => 0) : 0;
  if (count === 0 || (await ask(dialog, count))) leave(form, person);
});
