// Sends what waits, oldest first, in batches. Whatever goes wrong, nothing is lost:
// the same id may be sent again and counts once.
import { setting } from "../../../../shared/web/static/parts/phone.js";
import * as outbox from "./outbox.js";

const ADDRESS = "/inventory/api/v1/scans";
const BATCH = 500;
const LOCK = "komek-sending";

// "done", "lost" (no network, or the server is away), "signed-out", "offline" (somebody
// switched sending off) or "busy": two tabs never send at the same time.
export const sendWaiting = (session) => {
  if (!navigator.locks) return send(session);
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? send(session) : "busy"));
};

const send = async (session) => {
  let most = BATCH;
  let isRenewed = false;
  for (;;) {
    if (await setting("offline")) return "offline";
    let person;
    try {
      person = await session.get();
    } catch {
      return "lost";
    }
    if (!person) return "signed-out";
    const taken = await outbox.take(person.account_id, most);
    if (taken.length === 0) return "done";
    const outcome = await sendSome(taken, person, session);
    if (outcome === "too much") most = Math.ceil(taken.length / 2);
    else if (outcome === "stale" && !isRenewed) isRenewed = true;
    else if (outcome !== "sent") return outcome === "stale" ? "signed-out" : outcome;
  }
};

const sendSome = async (taken, person, session) => {
  let answer;
  let body;
  try {
    answer = await post(taken, person);
    body = await answer.json();
  } catch {
    await outbox.giveBack(taken);
    return "lost";
  }
  if (answer.ok && Array.isArray(body.results)) {
    await outbox.settle(taken, body.results);
    return "sent";
  }
  return notTaken(taken, answer, body, session);
};

const post = (taken, person) =>
  fetch(ADDRESS, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": person.csrf_token },
    credentials: "same-origin",
    body: JSON.stringify({ scans: taken.map((entry) => entry.line) }),
    signal: AbortSignal.timeout?.(60000),
  });

const notTaken = async (taken, answer, body, session) => {
  if ([401, 403].includes(answer.status)) {
    const isStale = body.code === "csrf_failed";
    session.forget();
    await outbox.giveBack(taken, isStale ? "waiting" : "signed-out");
    return isStale ? "stale" : "signed-out";
  }
  if (answer.status >= 500 || answer.status === 429 || answer.ok) {
    await outbox.giveBack(taken);
    return "lost";
  }
  if (taken.length > 1) {
    await outbox.giveBack(taken);
    return "too much";
  }
  const refused = { status: "refused", code: body.code, detail: body.detail, facts: body.facts };
  await outbox.settle(taken, [{ scan_id: taken[0].line.scan_id, ...refused }]);
  return "sent";
};
