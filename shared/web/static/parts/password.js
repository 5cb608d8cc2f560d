// The eye in a password field; Cyrillic letters are the usual reason for a refusal.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".showpw button");
  if (!button) return;
  const input = button.closest(".showpw").querySelector("input");
  const isShown = input.type === "text";
  input.type = isShown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!isShown));
});

const CYRILLIC = /[\u0400-\u052f]/;

document.addEventListener("input", (event) => {
  const input = event.target.closest(".showpw input");
  if (!input) return;
  const hint = document.getElementById(`${input.id}-keyboard`);
  if (hint) hint.hidden = !CYRILLIC.test(input.value);
});
