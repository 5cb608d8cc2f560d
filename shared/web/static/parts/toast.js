// A toast goes after ten seconds, and never while it has focus or the pointer.
const SHOWN_MILLISECONDS = 10000;

const watch = (toast) => {
  let timer = 0;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), SHOWN_MILLISECONDS);
  };
  const hold = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", start);
  start();
};

const begin = (root) => root.querySelectorAll(".toast[data-passing]").forEach(watch);

begin(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) begin(event.detail.elt.parentElement || document);
});
