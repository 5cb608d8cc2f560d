// The scan station with script: it answers at once, keeps every scan in the phone and
// sends it when it can; the page itself never has to load again.
import { setSetting, setting } from "../../../shared/web/static/parts/phone.js";
import { addRow, faceOf, showAnswers } from "./parts/answers.js";
import { bindByHand } from "./parts/by_hand.js";
import "./parts/camera/panel.js";
import { contextOfScan, fillSheets, fillShell, placeNow } from "./parts/context.js";
import { today, withoutSecrets } from "./parts/decoder.js";
import { ScanField } from "./parts/field.js";
import { dressShell, install, leadBack, sendLater } from "./parts/install.js";
import { lookedUp } from "./parts/lookup.js";
import { OfflineBar } from "./parts/offline_bar.js";
import * as outbox from "./parts/outbox.js";
import { Pacer } from "./parts/pacer.js";
import { sendPhotos } from "./parts/photo.js";
import { choosePlace } from "./parts/place_label.js";
import { pickView } from "./parts/picking.js";
import { QueueList } from "./parts/queue_list.js";
import { Recorder } from "./parts/recorder.js";
import { sendWaiting } from "./parts/sender.js";
import { SESSION } from "./parts/addresses.js";
import { Session } from "../../../shared/web/static/parts/session.js";
import { Show } from "./parts/show.js";
import { Snapshot } from "./parts/snapshot.js";
import { bindSwitch, tell } from "./parts/sounds.js";
import { clock, facts, loadWords, say } from "../../../shared/web/static/parts/words.js";

const REFRESH = 5 * 60 * 1000;
const station = document.getElementById("station");
const field = document.getElementById("code");
const result = document.getElementById("result");
const isLook = facts.mode === "look";

// A page from the phone's memory belongs to whoever was signed in last.
const findOwner = async () => {
  await loadWords();
  leadBack();
  if (!facts.is_shell) return setSetting("person", { account_id: facts.account, display_name: facts.name });
  dressShell();
  const person = await setting("person");
  facts.account = person?.account_id ?? "";
  facts.name = person?.display_name ?? "";
};

const open = async () => {
  await findOwner();
  const snapshot = new Snapshot(facts.account);
  const known = { account_id: facts.account, csrf_token: facts.csrf_token };
  const session = new Session(SESSION, facts.is_shell ? null : known);
  const show = new Show(result, field, snapshot);

  const sendAll = async () => {
    const outcome = await sendWaiting(session);
    const person = outcome === "done" ? await session.get().catch(() => null) : null;
    if (person) await sendPhotos(person, outbox.entryOf).catch(() => {});
    return outcome;
  };
  const pacer = new Pacer(sendAll, async (outcome) => bar.told(outcome, await redraw()));
  const bar = new OfflineBar(() => pacer.now());
  const send = () => {
    pacer.soon();
    sendLater();
  };

  // ---- what comes in

  const recorder = new Recorder({ account: facts.account, snapshot, context: contextOfScan, show, send });
  show.serve(recorder);

  const look = (raw) => {
    if (facts.is_shell || !navigator.onLine) return show.draw(lookedUp(raw, snapshot));
    field.value = withoutSecrets(raw);
    return station.submit();
  };

  const scanned = (raw) => {
    if (choosePlace(raw)) return field.focus({ preventScroll: true });
    if (isLook) return look(raw);
    const needed = station.querySelector("[data-needed]");
    if (needed && needed.value.trim() === "") {
      field.value = raw;
      return needed.focus();
    }
    field.focus({ preventScroll: true });
    return facts.account ? recorder.scanned(raw) : undefined;
  };

  const wedge = new ScanField(field, scanned);
  document.addEventListener("komek:scanned", (event) => scanned(event.detail.raw));
  station.addEventListener("submit", (event) => {
    event.preventDefault();
    const raw = field.value;
    field.value = "";
    if (raw.trim()) scanned(raw);
    else field.focus();
  });

  // ---- what the warehouse answers

  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== result) return;
    addRow();
    if (event.detail.requestConfig?.elt?.id !== "tell") tell(result.firstElementChild?.dataset.face);
    wedge.refocus();
  });

  const isBusy = () => result.contains(document.activeElement) && document.activeElement.matches("input");

  outbox.onChange(async ({ answered = [] }) => {
    await redraw();
    if (answered.length) showAnswers(answered, { current: recorder.current, row: recorder.row, isBusy: isBusy() });
    if (answered.some((entry) => entry.line.action === "pick" || faceOf(entry) === "care")) refresh();
  });

  const list = new QueueList(snapshot, {
    answer: (entry) => recorder.bringBack(entry),
    correct: (entry) => recorder.change(entry),
    retry: (entry) => recorder.putBack(entry),
    putBack: (entry) => recorder.putBack(entry),
  });

  const redraw = async () => {
    const entries = await outbox.entries();
    if (!isLook) list.draw(entries);
    bar.draw(entries);
    const view = document.getElementById("pick-view");
    view?.replaceChildren(pickView(station.elements.pick_list_number?.value, snapshot, entries));
    return entries;
  };

  // ---- what the phone knows

  const settle = () => {
    if (facts.is_shell) fillShell(snapshot, lastPlace);
    fillSheets(snapshot);
    document.getElementById("as-of").textContent = snapshot.isThere
      ? say("as_of", { time: clock(snapshot.fetchedAt) })
      : say("no_catalogue");
  };

  // A page from memory knows only who was here last; with a connection it finds out
  // who signed in since, and begins anew as theirs.
  const isSomebodyElses = async (person) => {
    if (!facts.is_shell || !person || person.account_id === facts.account) return false;
    await setSetting("person", { account_id: person.account_id, display_name: person.display_name });
    location.reload();
    return true;
  };

  const refresh = async () => {
    if (await setting("offline")) return;
    const person = await session.get().catch(() => null);
    if ((await isSomebodyElses(person)) || !person || person.account_id !== facts.account) return;
    await snapshot.refresh();
    settle();
  };

  const lastPlace = await setting("place");
  if (!facts.is_shell && placeNow()) await setSetting("place", placeNow());
  bindByHand(field);
  bindSwitch(document.getElementById("sounds"));
  await snapshot.load();
  settle();
  await outbox.takeOver();
  await outbox.forgetOldAnswers((iso) => today(new Date(iso)) === today());
  await bar.load();
  await redraw();
  document.documentElement.dataset.station = "open";
  pacer.now();
  refresh();
  setInterval(refresh, REFRESH);
  window.addEventListener("online", refresh);
  install();
};

open();
