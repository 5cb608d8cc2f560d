// The keyboard of a phone stays away from the scan field until somebody wants to type.
export const bindByHand = (field) => {
  const button = document.getElementById("by-hand");
  button.hidden = false;
  field.inputMode = "none";
  button.addEventListener("click", () => {
    const isOn = field.inputMode === "none";
    field.inputMode = isOn ? "text" : "none";
    button.setAttribute("aria-pressed", String(isOn));
    field.blur();
    field.focus();
  });
};
