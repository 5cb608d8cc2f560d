// Elements without markup in strings: nothing scanned can become a tag.
export const el = (tag, given = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
};

export const icon = (name, css = "i") => {
  const drawn = document.getElementById("icon").content.firstElementChild.cloneNode(true);
  drawn.setAttribute("class", css);
  const use = drawn.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*$/, `#${name}`));
  return drawn;
};

export const button = (label, pressed, css = "b s", sign = null) =>
  el("button", { type: "button", class: css, onclick: pressed }, sign ? icon(sign) : null, el("span", {}, label));
