// One bar that says how much waits in this phone, and why.
import { UNSENT } from "./phone.js";
import { facts, number, say } from "./words.js";

const bar = document.getElementById("offbar");

const show = (part, isShown) => {
  if (part) part.hidden = !isShown;
};

export class OfflineBar {
  #outcome = "done"; #entries = [];

  constructor() {
    window.addEventListener("offline", () => this.#lose());
  }

  // The browser knows before any sending has failed.
  #lose() {
    if (this.#outcome === "done") this.told("lost", this.#entries);
  }

  // `outcome` as the sender gave it last.
  told(outcome, entries) {
    this.#outcome = outcome;
    this.draw(entries);
  }

  draw(entries) {
    this.#entries = entries;
    const unsent = entries.filter((entry) => UNSENT.includes(entry.state));
    const mine = unsent.filter((entry) => entry.account === facts.account).length;
    const others = unsent.length - mine;
    const why = facts.account ? this.#outcome : "nobody";
    show(bar, facts.is_shell || why !== "done" || others > 0);
    bar.querySelector("[data-queued]").textContent = number(mine);
    show(bar.querySelector("[data-waiting]"), mine > 0);
    bar.querySelectorAll("[data-why]").forEach((text) => show(text, text.dataset.why === why));
    bar.querySelector("[data-others]").textContent = others ? say("others", { count: number(others) }) : "";
    document.querySelectorAll("[data-net]").forEach((mark) => {
      show(mark, (mark.dataset.net === "lost") === ["lost", "offline"].includes(why));
    });
  }
}
