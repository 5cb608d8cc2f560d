// Signing out where there may be no network: the phone forgets at once, and the session
// ends as soon as a page or a worker that has it reaches us again. A session is known by
// its mark, so the same person's next one is not taken for it.
import { emptyCaches, forgetPerson, setting } from "./phone.js";

const ADDRESS = "/account/sign-out";
const PATIENCE = 10000;

// Throws when it is not ended; one that is over already is.
const endSession = async (csrfToken) => {
  const answer = await fetch(ADDRESS, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": csrfToken },
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout?.(PATIENCE),
  });
  if (answer.type !== "opaqueredirect" && !answer.ok && answer.status !== 401) throw new Error(`sign-out: ${answer.status}`);
};

// True when the session has ended; without a network it is still to be ended, and what
// opens without one stays, for it holds nothing about anybody.
export const leave = async ({ account, session, csrfToken }) => {
  await forgetPerson(account, session);
  try {
    await endSession(csrfToken);
  } catch {
    return false;
  }
  await emptyCaches();
  return true;
};

// Where a phone can keep nothing nobody has left it either.
export const isLeft = async (session) => Boolean(session) && (await setting("left").catch(() => null)) === session;

// End a session that was left earlier; true when this was one. Throws when it is one
// and has not ended.
export const finishLeaving = async ({ session, csrf_token }) => {
  if (!(await isLeft(session))) return false;
  await endSession(csrf_token);
  return true;
};
