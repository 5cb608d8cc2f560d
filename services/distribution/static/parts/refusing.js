// Why a form does not go yet, said where it is read, with what is typed still in it.
export const refuse = (form, text, at = null) => {
  const banner = form.querySelector("[data-refused]");
  banner.querySelector("[data-refusal]").textContent = text;
  banner.hidden = false;
  (at ?? banner).scrollIntoView({ block: "center" });
  banner.focus({ preventScroll: true });
};

export const unrefuse = (form) => {
  form.querySelector("[data-refused]").hidden = true;
};

// A form goes and comes with its buttons at the foot of the page.
export const showForm = (form, isShown) => {
  form.hidden = !isShown;
  document.querySelector(`[data-finishes="${form.id}"]`).hidden = !isShown;
};
