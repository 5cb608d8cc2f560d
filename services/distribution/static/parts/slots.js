// Filling what the server drew once for everybody.
export const copyOf = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

export const put = (place, name, text) =>
  place.querySelectorAll(`[data-slot="${name}"]`).forEach((slot) => {
    slot.textContent = text;
  });

// Show a fact with its number, or nothing of it.
export const tell = (place, name, text) => {
  place.querySelectorAll(`[data-fact="${name}"]`).forEach((fact) => {
    fact.hidden = text === null;
  });
  put(place, name, text ?? "");
};

// Ids, names and labels that end in -n belong to this copy alone.
export const rename = (copy, end) =>
  [copy, ...copy.querySelectorAll("*")].forEach((part) => {
    for (const name of ["id", "name", "for", "data-for", "aria-describedby"]) {
      if (part.hasAttribute(name)) part.setAttribute(name, part.getAttribute(name).replace(/-n$/, `-${end}`));
    }
  });
