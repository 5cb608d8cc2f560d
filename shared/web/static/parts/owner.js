// Whose page this is: the server says so, or, of a page out of the phone's memory, the
// phone, which knows who was signed in last.
import { ownedBy, setting } from "./phone.js";
import { owner } from "./whose.js";
import { facts } from "./words.js";

const dress = () => {
  const theme = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1];
  if (theme) document.documentElement.dataset.theme = theme;
  document.querySelectorAll("a[hreflang]").forEach((link) => {
    const wish = new URLSearchParams(location.search);
    wish.set("lang", link.lang);
    link.href = `${location.pathname}?${wish}`;
  });
};

// Signing in, and the whole page, lead back to where one is.
const leadBack = () => {
  const here = location.pathname + location.search;
  document.querySelectorAll("[data-sign-in]").forEach((link) => {
    link.href = `/account/sign-in?${new URLSearchParams({ next: here })}`;
  });
  document.querySelectorAll("[data-here]").forEach((link) => {
    link.href = here;
  });
};

export const findOwner = async () => {
  leadBack();
  if (!facts.is_shell) return owner();
  dress();
  const person = await setting("person");
  facts.account = person?.account_id ?? "";
  facts.name = person?.display_name ?? "";
};

// Who is signed in, as a page of the server says it.
export const personHere = () => ({
  account_id: facts.account,
  csrf_token: facts.csrf_token,
  session: document.body.dataset.session,
});

// A page from memory finds out, once there is a connection, who signed in since, and
// begins anew as theirs; the same person may have signed in anew.
export const isSomebodyElses = async (person) => {
  if (!facts.is_shell || !person) return false;
  await ownedBy(person);
  if (person.account_id === facts.account) return false;
  location.reload();
  return true;
};
