// What every page of a phone at the gate does: it says what waits in the phone, and
// sends it when it can.
import { OfflineBar } from "../../../../shared/web/static/parts/offline_bar.js";
import { findOwner, isSomebodyElses, personHere } from "../../../../shared/web/static/parts/owner.js";
import { sendLater } from "../../../../shared/web/static/parts/install.js";
import { Pacer } from "../../../../shared/web/static/parts/pacer.js";
import { Session } from "../../../../shared/web/static/parts/session.js";
import { facts, loadWords } from "../../../../shared/web/static/parts/words.js";
import { SESSION, TAG } from "./addresses.js";
import { handovers } from "./handovers.js";
import { known, onKnown, refresh } from "./known.js";
import { drawQueue } from "./queue.js";
import { requisitions } from "./requisitions.js";
import { sendWaiting } from "./sending.js";
import { photographed } from "./waybills.js";

const KEPT_DAYS = 2;
const DAY = 24 * 3600 * 1000;

const isOld = (entry) => Date.now() - Date.parse(entry.answered_at) > KEPT_DAYS * DAY;

// `entries`: what this account has in the phone now; `send`: send it soon; `onAnswer`
// hears of what was answered, `onDraw` whenever what waits may be other than before;
// `isOurs` asks the connection who is signed in.
export const openDesk = async () => {
  await loadWords();
  await findOwner();
  const session = new Session(SESSION, facts.is_shell ? null : personHere());
  const bar = new OfflineBar();
  const listeners = [];
  const drawers = [];

  const entries = async () => {
    const [handed, asked] = await Promise.all([handovers.entries(), requisitions.entries()]);
    const mine = (entry) => entry.account === facts.account;
    return { handed: handed.filter(mine), asked: asked.filter(mine), all: [...handed, ...asked] };
  };

  const redraw = async () => {
    const now = await entries();
    drawQueue({ ...now, photographed: await photographed(facts.account), known: await known(facts.account) }, { send });
    bar.draw(now.all);
    drawers.forEach((draw) => draw());
    return now.all;
  };

  const pacer = new Pacer(() => sendWaiting(session), async (outcome) => bar.told(outcome, await redraw()));
  const send = () => {
    sendLater(TAG);
    return pacer.now();
  };

  const changed = async ({ answered = [] }) => {
    await redraw();
    listeners.forEach((listen) => listen(answered));
    if (answered.length > 0) await refresh(facts.account);
  };

  const isOurs = async () => {
    const person = await session.get().catch(() => null);
    return !(await isSomebodyElses(person)) && person?.account_id === facts.account;
  };

  for (const outbox of [handovers, requisitions]) {
    await outbox.forgetOld(isOld);
    outbox.onChange(changed);
  }
  onKnown(redraw);
  await redraw();
  return { entries, redraw, send, isOurs, onAnswer: (listen) => listeners.push(listen), onDraw: (draw) => drawers.push(draw) };
};
