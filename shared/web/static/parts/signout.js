// Whoever signs out with work still in the phone is told how much, and may stay.
import { leave } from "./leaving.js";
import { setting, unsentOf } from "./phone.js";

const WAY_OUT = 'form[action="/account/sign-out"]';
const SIGN_IN = "/account/sign-in";
const dialog = document.getElementById("unsent-dialog");

const wantsToLeave = (count) =>
  new Promise((resolve) => {
    dialog.querySelector("[data-unsent]").textContent = String(count);
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "leave"), { once: true });
    dialog.returnValue = "";
    dialog.showModal();
  });

const part = async (csrfToken) => {
  const person = await setting("person").catch(() => null);
  // a page out of the phone's memory is the phone's owner's
  const { account, session } = document.body.dataset.account ? document.body.dataset : { account: person?.account_id, session: person?.session };
  const count = await unsentOf(account).catch(() => 0);
  if (count > 0 && !(await wantsToLeave(count))) return;
  if (await leave({ account, session, csrfToken })) location.assign(SIGN_IN);
  else location.reload();
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.(WAY_OUT);
  if (!form || !dialog) return;
  event.preventDefault();
  // where the phone can keep nothing there is nothing to forget
  part(form.elements.csrf_token.value).catch(() => form.submit());
});

// A page from the phone's memory has no token; whoever leaves there has no network.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-leave]")) part("").catch(() => {});
});
