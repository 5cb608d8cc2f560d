// What stays from scan to scan: read off the page, or off its address where the page
// came out of the phone's memory.
import { el } from "../../../../shared/web/static/parts/dom.js";
import { facts, nameOf, say } from "../../../../shared/web/static/parts/words.js";

const NAMES = ["gift_number", "location_code", "to_location_code", "temperature_celsius", "pick_list_number", "count_sheet_number"];
const station = document.getElementById("station");

const hidden = (name) => station.querySelector(`input[type=hidden][name="${name}"]`);

const put = (name, value) => {
  if (!value) return;
  const input = hidden(name) ?? station.appendChild(el("input", { type: "hidden", name, "data-context": true }));
  input.value = value;
};

// The lists change while the page is open; what is chosen in them stays, used or not,
// also where the newer list has it no more.
const options = (id, entries) => {
  const select = document.getElementById(id);
  if (!select || select.tagName !== "SELECT") return;
  const chosen = select.dataset.filled ? select.value : (hidden(id)?.value ?? "");
  const all = entries.some(([value]) => value === chosen) || !chosen ? entries : [...entries, [chosen, chosen]];
  select.replaceChildren(...all.map(([value, text]) => el("option", { value, selected: value === chosen }, text)));
  select.dataset.filled = "yes";
};

const placesOf = (snapshot) =>
  snapshot.body.locations.map((place) => [place.location_code, place.name.includes(place.location_code) ? place.name : `${place.location_code} · ${place.name}`]);

// Once, on a page from the phone's memory: what its address says.
export const readAddress = () => {
  const given = new URLSearchParams(location.search);
  NAMES.forEach((name) => put(name, given.get(name)));
  const list = /\/pick-lists\/([^/]+)/.exec(location.pathname);
  if (list) put("pick_list_number", decodeURIComponent(list[1]));
};

// Whenever the phone has learnt something: what can be chosen on a page from its memory.
export const fillShell = (snapshot, lastPlace) => {
  const gifts = snapshot.body.gifts.map((gift) => [gift.gift_number, [gift.gift_number, gift.donor_code].filter(Boolean).join(" · ")]);
  options("gift_number", [["", say("walk_in")], ...gifts]);
  options("location_code", placesOf(snapshot));
  options("to_location_code", [["", say("choose")], ...placesOf(snapshot)]);
  const storage = snapshot.body.locations.find((place) => place.kind === "storage")?.location_code;
  if (!hidden("location_code") && facts.mode !== "pick") use("location_code", storage ?? lastPlace ?? "");
  showLine();
};

export const placeNow = () => hidden("location_code")?.value ?? null;

const showLine = () => {
  document.querySelectorAll("[data-shows]").forEach((part) => {
    const value = hidden(part.dataset.shows)?.value;
    if (value) part.textContent = value;
  });
};

// Write this with every scan from now on, and show it.
export const use = (name, value) => {
  put(name, value);
  const select = document.getElementById(name);
  if (select) select.value = value;
  showLine();
};

// Count sheets are offered where the phone knows open ones.
export const fillSheets = (snapshot) => {
  const field = document.getElementById("sheet-field");
  if (!field) return;
  const sheets = snapshot.body.count_sheets;
  field.hidden = sheets.length === 0 && !hidden("count_sheet_number");
  const named = sheets.map((sheet) => [
    sheet.count_sheet_number,
    [sheet.count_sheet_number, sheet.location_code, sheet.product_code && nameOf(snapshot.product(sheet.product_code))].filter(Boolean).join(" · "),
  ]);
  options("count_sheet_number", [["", say("no_sheet")], ...named]);
};

const temperature = () => {
  const typed = hidden("temperature_celsius")?.value ?? "";
  const read = Number(typed.replace(",", ".").replace("−", "-"));
  return typed && Number.isFinite(read) ? { temperature_celsius: read } : {};
};

const TEXTS = NAMES.filter((name) => name !== "temperature_celsius");
const TYPED = ["lot_number", "other_lot_reason"];

const written = (names) => {
  const texts = names.map((name) => [name, station.elements[name]?.value?.trim()]);
  return Object.fromEntries(texts.filter((pair) => pair[1]));
};

const quantity = () => {
  const typed = station.elements.quantity?.value.trim() ?? "";
  return /^\d{1,9}$/.test(typed) ? Number(typed) : 1;
};

// What is written with every scan.
export const lasting = () => ({ action: facts.mode, ...written(TEXTS), ...temperature() });

// What is typed for the next scan.
export const typedNow = () => ({ quantity: quantity(), ...written(TYPED) });

// What was meant for one scan is not meant for the one after it.
export const emptyTyped = () => {
  station.querySelectorAll("[data-once], [data-needed]").forEach((input) => {
    input.value = "";
  });
};
