// A keyboard wedge presses physical keys. What the layout makes of them is not what
// is printed on the pack: on a Kazakh layout the digit row gives letters. So a key is
// read by its place on an American keyboard.
const ROWS = {
  Backquote: "`~", Minus: "-_", Equal: "=+", BracketLeft: "[{", BracketRight: "]}",
  Backslash: "\\|", Semicolon: ";:", Quote: "'\"", Comma: ",<", Period: ".>",
  Slash: "/?", Space: "  ", IntlBackslash: "\\|",
  NumpadDecimal: "..", NumpadAdd: "++", NumpadSubtract: "--", NumpadMultiply: "**",
  NumpadDivide: "//",
};
const SHIFTED_DIGITS = ")!@#$%^&*(";
const SEPARATOR = "\u001d";

const digit = (code) => {
  const found = /^(Digit|Numpad)(\d)$/.exec(code);
  return found ? found : null;
};

// The character a key stands for; null when it stands for none.
export const character = (event) => {
  const code = event.code;
  const shiftKey = event.shiftKey;
  if (/^Key[A-Z]$/.test(code)) {
    const isCapital = shiftKey || /^[A-Z]$/.test(event.key);
    return isCapital ? code[3] : code[3].toLowerCase();
  }
  const found = digit(code);
  if (found) return shiftKey && found[1] === "Digit" ? SHIFTED_DIGITS[found[2]] : found[2];
  const pair = ROWS[code];
  return pair ? pair[shiftKey ? 1 : 0] : null;
};

// What a scanner means by Control and a key: ] is the separator, J and M end a line.
export const control = (event) => {
  if (event.code === "BracketRight") return SEPARATOR;
  if (event.code === "KeyJ" || event.code === "KeyM") return "\n";
  return null;
};

// Some scanners type the separator as Alt+0 2 9 on the number pad.
export class AltCode {
  #digits = "";

  press(event) {
    const found = digit(event.code);
    if (found) this.#digits += found[2];
  }

  release() {
    const number = Number(this.#digits);
    const isOne = this.#digits !== "" && number > 0 && number < 256;
    this.#digits = "";
    return isOne ? String.fromCharCode(number) : "";
  }
}
