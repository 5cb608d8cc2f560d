// Sends what waits, oldest first, one after the other. Whatever goes wrong, nothing is
// lost: the same id may be sent again and counts once.
import * as outbox from "./outbox.js";
import { sendPhotos } from "./photo.js";

export const SESSION = "/distribution/gate/session";
const LOCK = "komek-handing-over";
const PATIENCE = 60000;

// "done", "lost" (no network, or we are away), "signed-out" or "busy": two tabs never
// send at the same time.
export const sendWaiting = (session) => {
  if (!navigator.locks) return send(session);
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? send(session) : "busy"));
};

const send = async (session) => {
  let isRenewed = false;
  for (;;) {
    let person;
    try {
      person = await session.get();
    } catch {
      return "lost";
    }
    if (!person) return "signed-out";
    const next = await outbox.take(person.account_id);
    if (!next) {
      await sendPhotos(person).catch(() => {});
      return "done";
    }
    const outcome = await sendOne(next, person, session);
    if (outcome === "stale" && !isRenewed) isRenewed = true;
    else if (outcome !== "sent") return outcome === "stale" ? "signed-out" : outcome;
  }
};

const sendOne = async (next, person, session) => {
  let answer;
  let body;
  try {
    answer = await post(next, person);
    body = await answer.json();
  } catch {
    await outbox.settle(next.seq, "waiting");
    return "lost";
  }
  if (answer.ok) {
    await outbox.settle(next.seq, "applied");
    return "sent";
  }
  if ([401, 403].includes(answer.status)) return turnedAway(next, body, session);
  if (answer.status >= 500 || answer.status === 429 || hasNotLeft(body)) {
    await outbox.settle(next.seq, "waiting");
    return "lost";
  }
  await outbox.settle(next.seq, stateOf(body), body);
  return "sent";
};

const post = (next, person) =>
  fetch(`/distribution/api/v1/consignments/${encodeURIComponent(next.number)}/handover`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": person.csrf_token },
    credentials: "same-origin",
    body: JSON.stringify(next.body),
    signal: AbortSignal.timeout?.(PATIENCE),
  });

const turnedAway = async (next, body, session) => {
  const isStale = body.code === "csrf_failed";
  session.forget();
  await outbox.settle(next.seq, isStale ? "waiting" : "signed-out");
  return isStale ? "stale" : "signed-out";
};

// The warehouse's word that it left may still be on its way to us.
const hasNotLeft = (body) => body.code === "consignment_state" && ["planned", "picking"].includes(body.state);

const stateOf = (body) => {
  if (body.code !== "already_handed_over") return "refused";
  return body.has_same_numbers ? "duplicate" : "conflict";
};
