// <div data-live="/stream">: events replace the parts inside that carry their name,
// and are told to the page as "live:NAME" for whatever wants to fetch anew.
import htmx from "htmx.org";

const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";

// Who reads with the keyboard stays at the same stop, and what was opened stays open.
const keepingPlace = (part, change) => {
  const opened = [...part.querySelectorAll("details")].map((one) => one.open);
  const stop = [...part.querySelectorAll(STOPS)].indexOf(document.activeElement);
  change();
  part.querySelectorAll("details").forEach((one, place) => {
    one.open = opened[place] ?? one.open;
  });
  if (stop >= 0) part.querySelectorAll(STOPS)[stop]?.focus({ preventScroll: true });
};

const replace = (root, name, html) => {
  root.querySelectorAll(`[data-live-part="${CSS.escape(name)}"]`).forEach((part) => {
    if (html === "") return;
    keepingPlace(part, () => {
      part.innerHTML = html;
      htmx.process(part);
    });
  });
};

const state = (isOpen) => {
  document.querySelectorAll("[data-link-state]").forEach((mark) => {
    mark.hidden = (mark.dataset.linkState === "open") !== isOpen;
  });
};

const names = (root) => {
  const parts = [...root.querySelectorAll("[data-live-part]")];
  const told = (root.dataset.liveNames || "").split(" ").filter(Boolean);
  return new Set(["message", ...told, ...parts.map((part) => part.dataset.livePart)]);
};

document.querySelectorAll("[data-live]").forEach((root) => {
  const source = new EventSource(root.dataset.live);
  source.onopen = () => state(true);
  source.onerror = () => state(false);
  names(root).forEach((name) => {
    source.addEventListener(name, (event) => {
      replace(root, name, event.data);
      const detail = { data: event.data };
      document.body.dispatchEvent(new CustomEvent(`live:${name}`, { detail }));
    });
  });
  // otherwise the page a person comes back to would still hold the line
  window.addEventListener("pagehide", () => source.close());
});
