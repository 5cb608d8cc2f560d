// One bar that says how many scans wait in this phone and why, and the switch that
// keeps them here on purpose.
import { setSetting, setting, UNSENT } from "../../../../shared/web/static/parts/phone.js";
import { clock, facts, number, say } from "../../../../shared/web/static/parts/words.js";

const bar = document.getElementById("offbar");
const box = document.getElementById("work-offline");

export class OfflineBar {
  #outcome = "done"; #switched = null; #send; #entries = [];

  constructor(send) {
    this.#send = send;
    box?.addEventListener("change", () => this.#switch(box.checked));
    document.getElementById("send-now")?.addEventListener("click", send);
    window.addEventListener("offline", () => this.#lose());
  }

  // The browser knows before any sending has failed.
  #lose() {
    if (this.#outcome === "done") this.told("lost", this.#entries);
  }

  async load() {
    this.#switched = (await setting("offline")) ?? null;
    if (this.#switched) this.#outcome = "offline";
    this.#drawSwitch();
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
    const why = this.#why();
    bar.hidden = !facts.is_shell && why === "done" && others === 0;
    bar.querySelector("[data-queued]").textContent = number(mine);
    bar.querySelector("[data-waiting]").hidden = mine === 0;
    bar.querySelectorAll("[data-why]").forEach((text) => {
      text.hidden = text.dataset.why !== why;
    });
    bar.querySelector("[data-others]").textContent = others ? say("others", { count: number(others) }) : "";
    document.querySelectorAll("[data-net]").forEach((mark) => {
      mark.hidden = (mark.dataset.net === "lost") !== ["lost", "offline"].includes(why);
    });
    return why;
  }

  #why() {
    if (!facts.account) return "nobody";
    return this.#outcome;
  }

  async #switch(isOn) {
    const by = { name: facts.name ?? "", at: new Date().toISOString() };
    await setSetting("offline", isOn ? by : null);
    this.#switched = isOn ? by : null;
    this.#drawSwitch();
    this.#send();
  }

  #drawSwitch() {
    if (!box) return;
    box.checked = this.#switched !== null;
    document.getElementById("work-offline-said").textContent = this.#switched
      ? say("switched", { name: this.#switched.name, time: clock(this.#switched.at) })
      : say("switched_off");
  }
}
