// What the warehouse's other pages do with script; each works without.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// A chosen filter is shown at once.
document.querySelectorAll("form[data-autosubmit]").forEach((form) => {
  form.addEventListener("change", (event) => {
    if (event.target.matches("[type=radio], select")) form.requestSubmit();
  });
});

// What cannot be taken back is asked once more; the safe button comes first.
document.querySelectorAll("form[data-confirm]").forEach((form) => {
  const dialog = document.getElementById(form.dataset.confirm);
  form.addEventListener("submit", (event) => {
    if (form.dataset.isConfirmed) return;
    event.preventDefault();
    dialog.querySelectorAll("[data-from]").forEach((part) => {
      part.textContent = form.elements[part.dataset.from].value;
    });
    dialog.showModal();
  });
  dialog.querySelector("[data-no]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-yes]").addEventListener("click", () => {
    form.dataset.isConfirmed = "1";
    form.requestSubmit();
  });
});
