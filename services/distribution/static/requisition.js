// Asking for more than is due brings up the question why; asking for less hides it.
// Without a network what is entered stays in this phone, and is sent once.
const follow = (row) => {
  const question = row.querySelector("[data-over]");
  const input = row.querySelector("input[type=number]");
  if (!question || !input) return;
  const isOver = Number(input.value) > Number(row.dataset.due);
  question.hidden = !isOver;
  const choice = question.querySelector("select");
  if (!isOver && choice) choice.value = "";
};

const form = document.getElementById("ask");
const kept = document.getElementById("kept");
const found = document.getElementById("found");
const PREFIX = "komek-requisition:";
const KEY = `${PREFIX}${kept.dataset.account}:${kept.dataset.unit}`;
const SECRET = "csrf_token";

const entries = (intent) => {
  const fields = [...new FormData(form)].filter(([name]) => name !== SECRET);
  return { intent, fields };
};

const keep = (intent) => {
  try {
    localStorage.setItem(KEY, JSON.stringify(entries(intent)));
    return true;
  } catch {
    return false; // a private window may refuse to keep anything
  }
};

const known = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
};

const forget = () => localStorage.removeItem(KEY);

const fill = ({ fields }) => {
  for (const [name, value] of fields) {
    const field = form.elements.namedItem(name);
    if (field && name !== SECRET) field.value = value;
  }
  form.querySelectorAll("[data-ask]").forEach(follow);
};

// The requisition's own id travels with what was kept, so sending it twice is sending it once.
const send = async (intent) => {
  const body = new URLSearchParams(new FormData(form));
  body.set("intent", intent);
  const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
  if (answer.redirected && answer.url.includes(body.get("requisition_id"))) {
    forget();
    location.assign(answer.url);
  } else {
    sendPlainly(intent);
  }
};

// What was refused, or who has to sign in first, is for the server to show.
const sendPlainly = (intent) => {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "intent", value: intent });
  form.append(field);
  form.submit();
};

const attempt = async (intent) => {
  const isKept = keep(intent);
  try {
    await send(intent);
  } catch {
    kept.hidden = !isKept;
    kept.scrollIntoView({ block: "center" });
  }
};

document.addEventListener("input", (event) => {
  const row = event.target.closest("[data-ask]");
  if (row && event.target.type === "number") follow(row);
  if (event.target.form === form) keep(null);
});

document.addEventListener("submit", (event) => {
  if (event.target !== form) return;
  event.preventDefault();
  attempt(event.submitter?.value ?? "submit");
});

window.addEventListener("online", () => {
  const waiting = known();
  if (waiting?.intent && !kept.hidden) attempt(waiting.intent);
});

found?.addEventListener("click", (event) => {
  if (event.target.closest("[data-take]")) {
    const waiting = known();
    fill(waiting);
    if (waiting.intent && navigator.onLine) attempt(waiting.intent);
  } else if (event.target.closest("[data-drop]")) {
    forget();
  } else {
    return;
  }
  found.hidden = true;
});

// Entries of another person on a shared phone are not shown to this one, and go.
for (const key of Object.keys(localStorage)) {
  if (key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${kept.dataset.account}:`)) {
    localStorage.removeItem(key);
  }
}
if (known()) found.hidden = false;
