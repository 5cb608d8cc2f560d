// The deliveries on their way, for as long as this account is signed in.
import { phone } from "../../../../shared/web/static/parts/phone.js";

const ADDRESS = "/distribution/api/v1/gate";

export const known = async (account) => (await (await phone()).get("deliveries", account)) ?? null;

// Ask for what changed; no answer changes nothing.
export const refresh = async (account) => {
  const kept = await known(account);
  try {
    const answer = await fetch(ADDRESS, {
      headers: { Accept: "application/json", ...(kept ? { "If-None-Match": kept.etag } : {}) },
      credentials: "same-origin",
      signal: AbortSignal.timeout?.(30000),
    });
    const fetched_at = new Date().toISOString();
    const db = await phone();
    if (answer.status === 304) await db.put("deliveries", { ...kept, fetched_at }, account);
    if (answer.ok) await db.put("deliveries", { etag: answer.headers.get("ETag"), fetched_at, ...(await answer.json()) }, account);
  } catch {
    // what the phone knows stays as it is
  }
};
