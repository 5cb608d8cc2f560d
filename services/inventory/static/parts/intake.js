// Scans between the scanner and the station. What comes before the station is open
// waits here, in order: only then is it known where, and of what, it was scanned.
export class Intake {
  #held = []; #take = null;

  scanned(scan) {
    if (this.#take) this.#take(scan);
    else this.#held.push(scan);
  }

  // Whoever opens it first takes every scan.
  open(take) {
    this.#take ??= take;
    this.#held.splice(0).forEach(this.#take);
  }
}
