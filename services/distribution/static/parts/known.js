// What the phone knows of an account's deliveries and units, for as long as that
// account is signed in.
import { keepKnown, phone } from "../../../../shared/web/static/parts/phone.js";

const ADDRESS = "/distribution/api/v1/gate";
const PATIENCE = 30000;
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

// Ask for what changed, and give what is known then; no answer changes nothing, and
// what another account is told never gets under this one.
export const refresh = async (account) => {
  const kept = await answered(await keptOf(account)).catch(() => null);
  if (kept?.account_id === account) {
    await keepKnown("deliveries", { ...kept, fetched_at: new Date().toISOString() }, account);
  }
  return known(account);
};
