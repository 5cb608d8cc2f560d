// A label of one of our places says where, not what: it chooses the place.
import { setSetting } from "../../../../shared/web/static/parts/phone.js";
import { use } from "./context.js";
import { tell } from "./sounds.js";
import { facts } from "../../../../shared/web/static/parts/words.js";

// AI 98 alone (own_codes.py), with or without the symbol's name in front; scanners may
// end it with a separator.
const LABEL = /^(?:\][A-Za-z]\d)?(?:98|\(98\))([^\x1d]+)\x1d?$/;
const FROM = "location_code";
const TO = "to_location_code";
let isToNext = false;

export const isLabel = (raw) => LABEL.test(raw.trim());

const isOffered = (code) => [...(document.getElementById(FROM)?.options ?? [])].some((option) => option.value === code);

// Moving, the first label is where from and the next where to, until goods are scanned.
const nameOfNext = () => (facts.mode === "move" && isToNext ? TO : FROM);

// True when the scan was a place that can be chosen here; then it is no scan of goods.
export const choosePlace = (raw) => {
  const code = LABEL.exec(raw.trim())?.[1];
  if (!code || !isOffered(code)) {
    isToNext = false;
    return false;
  }
  const name = nameOfNext();
  use(name, code);
  if (name === FROM) setSetting("place", code);
  isToNext = name === FROM;
  tell("good");
  return true;
};
