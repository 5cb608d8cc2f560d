// The same code scanned again and again: the card grows, each scan stays its own line.
import { unitsOf } from "./reading.js";

const units = ({ line, seen }) => unitsOf(line, seen) ?? line.quantity;

const keyOf = ({ line, seen }) =>
  JSON.stringify([line.action, seen.gtin ?? line.raw, line.gift_number, line.location_code, line.pick_list_number]);

export class Row {
  #key = ""; count = 0; units = 0;

  add(entry) {
    if (keyOf(entry) !== this.#key) {
      this.#key = keyOf(entry);
      this.count = 0;
      this.units = 0;
    }
    this.count += 1;
    this.units += units(entry);
  }

  remove(entry) {
    this.count -= 1;
    this.units -= units(entry);
  }

  replace(before, after) {
    this.units += units(after) - units(before);
  }
}
