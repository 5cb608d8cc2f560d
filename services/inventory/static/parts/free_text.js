// A scanner types into whatever field is open, and a code may hold a serial or a
// marking key: what looks like one is no description. The server tells them in the same
// way (shared/kernel/free_text.py) and refuses what comes past this.
const CODE =
  /[\u0000-\u001f]|\][A-Za-z][0-9]\S|0[12][0-9]{14}\S|0[12]\s[0-9]{14}\s(?:21|9[123])\s|\((?:21|9[123])\)|\/21\/|[?&;](?:21|9[123])=|\S{30}/;

export const holdsCode = (text) => CODE.test(text);
