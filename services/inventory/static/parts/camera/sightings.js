// A pack that stays in view is one scan; it has to leave the view to be another.
export const FORGET_AFTER = 1500; // milliseconds

export class Sightings {
  #seenAt = new Map();

  /**
   * Take in what one frame shows, the nearest to its middle first.
   *
   * @param {{text: string}[]} codes
   * @param {number} now milliseconds of any steady clock
   * @returns {object | null} the code to hand on; null while one that was handed on is
   *   still in view, or was a moment ago: most packs show two codes at once
   */
  next(codes, now) {
    for (const [text, at] of this.#seenAt) {
      if (now - at > FORGET_AFTER) this.#seenAt.delete(text);
    }
    const known = codes.filter((code) => this.#seenAt.has(code.text));
    known.forEach((code) => this.#seenAt.set(code.text, now));
    if (known.length > 0 || codes.length === 0) return null;
    this.#seenAt.set(codes[0].text, now);
    return codes[0];
  }
}
