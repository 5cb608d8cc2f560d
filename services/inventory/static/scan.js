// The scan station with script: it answers at once, keeps every scan in the phone and
// sends it when it can; the page itself never has to load again.
import { install, sendLater } from "../../../shared/web/static/parts/install.js";
import { OfflineBar } from "../../../shared/web/static/parts/offline_bar.js";
import { findOwner, isSomebodyElses, personHere } from "../../../shared/web/static/parts/owner.js";
import { Pacer } from "../../../shared/web/static/parts/pacer.js";
import { setSetting, setting } from "../../../shared/web/static/parts/phone.js";
import { addRow, faceOf, isTimely, showAnswers } from "./parts/answers.js";
import { bindByHand } from "./parts/by_hand.js";
import "./parts/camera/panel.js";
import { emptyTyped, fillSheets, fillShell, lasting, placeNow, readAddress, typedNow } from "./parts/context.js";
import { isSecondCode, read, today, withoutSecrets } from "./parts/decoder.js";
import { ScanField } from "./parts/field.js";
import { Intake } from "./parts/intake.js";
import { lookedUp } from "./parts/lookup.js";
import { bindOfflineSwitch } from "./parts/offline_switch.js";
import { sendPhotos } from "./parts/photo.js";
import { choosePlace, isLabel } from "./parts/place_label.js";
import { pickView } from "./parts/picking.js";
import { QueueList } from "./parts/queue_list.js";
import { Recorder } from "./parts/recorder.js";
import { TAG, scans, sendScans } from "./parts/scans.js";
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

// ---- what comes in, from the moment the page has its script

const intake = new Intake();

// True when a number has to be typed first; the code waits in its field.
const asksNumber = (raw) => {
  const needed = station.querySelector("[data-needed]");
  if (!needed || needed.value.trim() !== "") return false;
  field.value = raw;
  needed.focus();
  return true;
};

// What was typed belongs to goods; a code nobody can read, and the second code of a
// pack, leave it where it is.
const takeTyped = (raw) => {
  const typed = typedNow();
  const code = read(withoutSecrets(raw));
  if (!code.error && !isSecondCode(code)) emptyTyped();
  return typed;
};

const scanned = (raw) => {
  const isGoods = !isLabel(raw);
  if (isGoods && asksNumber(raw)) return;
  field.focus({ preventScroll: true });
  intake.scanned({ raw, occurredAt: new Date().toISOString(), typed: isGoods ? takeTyped(raw) : null });
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

// As a page without script does: what is looked up, and every scan in a browser that
// keeps nothing.
const post = ({ raw, typed }) => {
  Object.entries(typed ?? {}).forEach(([name, value]) => {
    if (station.elements[name]) station.elements[name].value = value;
  });
  field.value = withoutSecrets(raw);
  station.submit();
};

const open = async () => {
  await loadWords();
  await findOwner();
  const snapshot = new Snapshot(facts.account);
  const session = new Session(SESSION, facts.is_shell ? null : personHere());
  const show = new Show(result, field, snapshot);

  const sendAll = async () => {
    const outcome = await sendScans(session);
    const person = outcome === "done" ? await session.get().catch(() => null) : null;
    if (person) await sendPhotos(person).catch(() => {});
    return outcome;
  };
  const pacer = new Pacer(sendAll, async (outcome) => bar.told(outcome, await redraw()));
  const bar = new OfflineBar();
  const send = () => {
    pacer.soon();
    sendLater(TAG);
  };

  // ---- what was scanned

  const recorder = new Recorder({ account: facts.account, snapshot, show, send });
  show.serve(recorder);

  const look = (raw) => {
    if (facts.is_shell || !navigator.onLine) return show.draw(lookedUp(raw, snapshot));
    return post({ raw });
  };

  const record = ({ raw, occurredAt, typed }) => {
    if (facts.account) recorder.scanned({ raw, occurredAt, context: { ...lasting(), ...typed } });
  };

  const take = (scan) => {
    const { raw, typed } = scan;
    if (choosePlace(raw)) return;
    if (isLook) look(raw);
    else if (typed) record(scan);
    else if (!asksNumber(raw)) record({ ...scan, typed: takeTyped(raw) }); // no label of a place of ours
  };

  // ---- what the warehouse answers

  const isTold = (event) => event.detail.requestConfig?.elt?.id === "tell";

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (isTold(event) && !isTimely(recorder.current)) event.detail.shouldSwap = false;
  });

  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== result) return;
    addRow();
    if (!isTold(event)) tell(result.firstElementChild?.dataset.face);
    wedge.refocus();
  });

  const isBusy = () => result.contains(document.activeElement) && document.activeElement.matches("input");

  scans.onChange(async ({ answered = [] }) => {
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
    const entries = await scans.entries();
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

  const refresh = async () => {
    if (await setting("offline")) return;
    const person = await session.get().catch(() => null);
    if ((await isSomebodyElses(person)) || !person || person.account_id !== facts.account) return;
    await snapshot.refresh();
    settle();
  };

  const [lastPlace] = await Promise.all([setting("place"), snapshot.load()]);
  if (facts.is_shell) readAddress();
  settle();
  intake.open(take);
  if (!facts.is_shell && placeNow()) await setSetting("place", placeNow());
  bindByHand(field);
  bindSwitch(document.getElementById("sounds"));
  await scans.forgetOld((entry) => today(new Date(entry.answered_at ?? entry.line.occurred_at)) !== today());
  const isHeld = await bindOfflineSwitch(() => pacer.now());
  bar.told(isHeld ? "offline" : "done", await redraw());
  document.getElementById("send-now")?.addEventListener("click", () => pacer.now());
  document.documentElement.dataset.station = "open";
  pacer.now();
  refresh();
  setInterval(refresh, REFRESH);
  window.addEventListener("online", refresh);
  install({ worker: "/inventory/service-worker.js", scope: "/inventory/", tag: TAG, hasMoreLater: true });
};

open().catch((problem) => {
  intake.open(post);
  throw problem;
});
