// What the phone knows of an account's deliveries and units, for as long as that
// account is signed in.
import { keepKnown, phone } from "../../../../shared/web/static/parts/phone.js";

const ADDRESS = "/distribution/api/v1/gate";
const PATIENCE = 30000;
const NEWS = "komek-known";
const NOTHING = { deliveries: [], handed_over: [], units: [], products: {} };

const keptOf = async (account) => (await phone()).get("deliveries", account);

const answered = async (kept) => {
  const answer = await fetch(ADDRESS, {
    headers: { Accept: "application/json", ...(kept ? { "If-None-Match": kept.etag } : {}) },
    credentials: "same-origin",
    signal: AbortSignal.timeout?.(PATIENCE),
  });
  if (answer.status === 304) return kept;
  return answer.ok ? { ...(await answer.json()), etag: answer.headers.get("ETag") } : null;
};

// What is known now; `fetched_at` is null where nothing ever was.
export const known = async (account) => ({ fetched_at: null, ...NOTHING, ...(await keptOf(account)) });

// Hear of every answer, whichever script of the page asked.
export const onKnown = (listen) => document.addEventListener(NEWS, () => listen());

// No answer changes nothing, and what another account is told never gets under this one.
// What happened since it was asked for may be missing from an answer.
const ask = async (account) => {
  const fetched_at = new Date().toISOString();
  const kept = await answered(await keptOf(account)).catch(() => null);
  if (kept?.account_id === account) {
    await keepKnown("deliveries", { ...kept, fetched_at }, account);
    document.dispatchEvent(new Event(NEWS));
  }
  return known(account);
};

let asking = null;
let next = null;

const begin = (account) => {
  next = null;
  asking = ask(account).finally(() => {
    if (!next) asking = null;
  });
  return asking;
};

// Ask for what changed, and give what is known then. One question is on its way at a
// time; all who come meanwhile share the one after it.
export const refresh = (account) => {
  if (!asking) return begin(account);
  next ??= asking.catch(() => {}).then(() => begin(account));
  return next;
};
