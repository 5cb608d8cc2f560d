// Sends what waits in an outbox, oldest first. Whatever goes wrong, nothing is lost:
// the same id may be sent again and counts once.
const PATIENCE = 60000;

// Gives a function of a session that ends with "done", "lost" (no network, or the
// service is away), "signed-out", "busy" (another tab is sending) or what `isHeld`
// answered. `request` writes the address and the body for some entries; `read` says
// what is to change of each, null when they are to go again later.
export const senderOf = ({ outbox, lock, request, read, most = 1, isHeld = async () => null }) => {
  const send = async (session) => {
    let size = most;
    let isRenewed = false;
    for (;;) {
      const held = await isHeld();
      if (held) return held;
      let person;
      try {
        person = await session.get();
      } catch {
        return "lost";
      }
      if (!person) return "signed-out";
      const taken = await outbox.take(person.account_id, size);
      if (taken.length === 0) return "done";
      const outcome = await sendSome(taken, person, session);
      if (outcome === "too much") size = Math.ceil(taken.length / 2);
      else if (outcome === "stale" && !isRenewed) isRenewed = true;
      else if (outcome !== "sent") return outcome === "stale" ? "signed-out" : outcome;
    }
  };

  const sendSome = async (taken, person, session) => {
    let answer;
    let body;
    try {
      answer = await post(request(taken), person);
      body = await answer.json();
    } catch {
      return later(taken);
    }
    if ([401, 403].includes(answer.status)) return turnedAway(taken, body, session);
    if (answer.status >= 500 || answer.status === 429) return later(taken);
    if (!answer.ok && taken.length > 1) {
      await outbox.giveBack(taken);
      return "too much";
    }
    const changes = read(taken, answer, body);
    if (!changes) return later(taken);
    await outbox.settle(taken, changes);
    return "sent";
  };

  const later = async (taken) => {
    await outbox.giveBack(taken);
    return "lost";
  };

  const turnedAway = async (taken, body, session) => {
    const isStale = body.code === "csrf_failed";
    session.forget();
    await outbox.giveBack(taken, isStale ? "waiting" : "signed-out");
    return isStale ? "stale" : "signed-out";
  };

  return (session) => {
    if (!navigator.locks) return send(session);
    return navigator.locks.request(lock, { ifAvailable: true }, (held) => (held ? send(session) : "busy"));
  };
};

const post = ({ address, body }, person) =>
  fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": person.csrf_token },
    credentials: "same-origin",
    body: JSON.stringify(body),
    signal: AbortSignal.timeout?.(PATIENCE),
  });
