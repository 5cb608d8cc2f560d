// What a refusal says is shown where it can be read, not swallowed.
const show = (text) => {
  const place = document.getElementById("problem");
  if (!place) return;
  place.querySelector("[data-problem-text]").textContent = text;
  place.hidden = false;
  place.focus();
};

// What a page only adds to itself may be missing without a word.
const isQuiet = (event) => event.detail.elt.closest("[data-quiet]") !== null;

document.addEventListener("htmx:responseError", (event) => {
  if (isQuiet(event)) return;
  const place = document.getElementById("problem");
  try {
    show(JSON.parse(event.detail.xhr.responseText).detail);
  } catch {
    show(place ? place.dataset.unclear : "");
  }
});

document.addEventListener("htmx:sendError", (event) => {
  if (isQuiet(event)) return;
  const place = document.getElementById("problem");
  if (place) show(place.dataset.offline);
});

document.addEventListener("htmx:beforeRequest", () => {
  const place = document.getElementById("problem");
  if (place) place.hidden = true;
});
