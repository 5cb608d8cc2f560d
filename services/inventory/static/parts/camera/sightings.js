// A pack that stays in view is one scan; it has to leave the view to be another.
export const FORGET_AFTER = 1500; // milliseconds
const LOOKS_MIN = 2; // pictures are taken by turns of the whole view and of its middle

const inView = () => ({ since: null, looks: 0 });

export class Sightings {
  #missed = new Map(); // by name: since when, and in how many pictures, it was not seen
  #nameOf;

  /**
   * @param {(text: string) => string} nameOf what a code is remembered by
   * @param {string[]} seen names of what was handed on before and may still be in view
   */
  constructor(nameOf = (text) => text, seen = []) {
    this.#nameOf = nameOf;
    seen.forEach((name) => this.#missed.set(name, inView()));
  }

  /** Names of what was handed on and has not left the view. */
  get seen() {
    return [...this.#missed.keys()];
  }

  /**
   * Take in what one picture shows, the nearest to its middle first. Time alone takes
   * nothing out of view: a slow phone sees a pack in few pictures.
   *
   * @param {{text: string}[]} codes
   * @param {number} now milliseconds of any steady clock
   * @returns {object | null} the code to hand on; null while one that was handed on is
   *   still in view, or was a moment ago: most packs show two codes at once
   */
  next(codes, now) {
    const names = codes.map((code) => this.#nameOf(code.text));
    for (const [name, { since, looks }] of this.#missed) {
      if (looks >= LOOKS_MIN && now - since > FORGET_AFTER) this.#missed.delete(name);
      else if (!names.includes(name)) this.#missed.set(name, { since: since ?? now, looks: looks + 1 });
    }
    const known = names.filter((name) => this.#missed.has(name));
    known.forEach((name) => this.#missed.set(name, inView()));
    if (known.length > 0 || codes.length === 0) return null;
    this.#missed.set(names[0], inView());
    return codes[0];
  }
}
