// The scan field: always ready, whatever the layout, whatever the scanner sends.
import { AltCode, character, control } from "./keys.js";

const BURST_GAP = 45; // milliseconds; no finger types faster for long
const BURST_MIN = 6;
const HAND_SHORTCUTS = new Set(["KeyA", "KeyC", "KeyV", "KeyX", "KeyZ", "KeyR", "KeyL", "KeyT", "KeyW"]);

const isEditable = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches("select, textarea") ||
    (element.matches("input") && !element.matches("[type=checkbox], [type=radio], [type=button], [type=submit]")));

const isControl = (element) =>
  element instanceof HTMLElement && element.closest("a, button, summary, label, dialog, [tabindex]");

export class ScanField {
  #field; #scanned; #alt = new AltCode(); #lastKey = 0; #burst = null;

  constructor(field, scanned) {
    this.#field = field;
    this.#scanned = scanned;
    field.addEventListener("keydown", (event) => this.#inField(event));
    field.addEventListener("paste", () => setTimeout(() => this.#pasted()));
    document.addEventListener("keydown", (event) => this.#elsewhere(event), true);
    document.addEventListener("keyup", (event) => this.#released(event), true);
    document.addEventListener("focusout", () => setTimeout(() => this.refocus(), 60));
    document.addEventListener("click", () => setTimeout(() => this.refocus(), 60));
    window.addEventListener("focus", () => this.refocus());
    this.refocus();
  }

  // Take the focus back when nobody else needs it; never from a field or a button.
  refocus() {
    const active = document.activeElement;
    if (!active || active === document.body || active === document.documentElement) {
      this.#field.focus({ preventScroll: true });
    }
  }

  #put(text) {
    const field = this.#field;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  }

  #isFast(event) {
    const isFast = event.timeStamp - this.#lastKey < BURST_GAP;
    this.#lastKey = event.timeStamp;
    return isFast;
  }

  #submit() {
    const text = this.#field.value;
    this.#field.value = "";
    if (text.trim() !== "") this.#scanned(text);
  }

  #pasted() {
    const lines = this.#field.value.split(/[\r\n]+/).filter((line) => line.trim());
    if (lines.length < 2) return;
    this.#field.value = "";
    lines.forEach((line) => this.#scanned(line));
  }

  #inField(event) {
    const isFast = this.#isFast(event);
    if (event.isComposing || event.code === "") return;
    if (event.code === "Enter" || event.code === "NumpadEnter") return this.#end(event);
    if (event.code === "Tab") {
      if (isFast && this.#field.value !== "") this.#end(event);
      return;
    }
    if (event.altKey && !event.ctrlKey) {
      this.#alt.press(event);
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey) return this.#combined(event, isFast);
    const text = character(event);
    if (text === null) return;
    event.preventDefault();
    this.#put(text);
  }

  #combined(event, isFast) {
    const meant = control(event);
    const isHand = !isFast && HAND_SHORTCUTS.has(event.code);
    if (isHand && meant === null) return;
    event.preventDefault();
    if (meant === "\n") this.#submit();
    else if (meant) this.#put(meant);
  }

  #end(event) {
    event.preventDefault();
    this.#submit();
  }

  #released(event) {
    if (event.key !== "Alt" || document.activeElement !== this.#field) return;
    event.preventDefault();
    const text = this.#alt.release();
    if (text) this.#put(text);
  }

  // Keys that arrive while something else has the focus: on a button they belong to
  // the scan field; in another field only what no hand could have typed does.
  #elsewhere(event) {
    const target = event.target;
    if (target === this.#field || target.closest?.("dialog")) return;
    if (isEditable(target)) return this.#watch(event, target);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isFast = this.#isFast(event);
    if (isFast && this.#field.value && /Enter$/.test(event.code)) return this.#end(event);
    const text = character(event);
    if (text === null || (text === " " && isControl(target))) return;
    event.preventDefault();
    this.#field.focus({ preventScroll: true });
    this.#put(text);
  }

  #watch(event, target) {
    const burst = this.#burst;
    const isFast = this.#isFast(event);
    if (burst && burst.target === target && isFast) {
      if (/Enter$|^Tab$/.test(event.code) && burst.text.length >= BURST_MIN) {
        event.preventDefault();
        event.stopPropagation();
        target.value = burst.before;
        this.#burst = null;
        this.#scanned(burst.text);
        return;
      }
      burst.text += (event.ctrlKey ? control(event) : character(event)) ?? "";
      return;
    }
    const text = event.ctrlKey || event.altKey ? null : character(event);
    this.#burst = text === null ? null : { target, before: target.value, text };
  }
}
