// Writing into a form that somebody may be filling in already.

// Somebody was faster than the phone: this stands neither as drawn nor empty.
export const isTyped = (control) => {
  if (control.type === "select-one") return control.value !== "" && !control.selectedOptions[0].defaultSelected;
  return control.value !== control.defaultValue;
};

export const overwrite = (control, text) => {
  control.value = text;
};

// What is typed already stays.
export const complete = (control, text) => {
  if (!isTyped(control)) overwrite(control, text);
};
