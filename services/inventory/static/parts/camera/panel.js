// The camera on a page: its button, its view with light and zoom, and the photograph as
// the last resort. What it reads is told to the page as the event `komek:scanned`.
import { withoutSecrets } from "../decoder.js";
import { readPhoto } from "./photo.js";

const LENS_PAUSE = 1000; // Chrome on Android knows the light only some time after the start

const LEFT_OPEN = "komek.camera";
const SOON = 10000; // milliseconds; later nobody expects the camera to open by itself

const panel = document.getElementById("camera");

const told = (raw) => document.dispatchEvent(new CustomEvent("komek:scanned", { detail: { raw } }));

const part = (name) => panel.querySelector(`[data-camera-${name}]`);

const say = (code) => {
  panel.querySelectorAll("[data-camera-says]").forEach((text) => {
    text.hidden = text.dataset.cameraSays !== code;
  });
};

// Looking up and changing the mode load another page; the camera goes on there, and what
// it told here is no new scan there until it has left the view.
const leaveOpen = (seen) => sessionStorage.setItem(LEFT_OPEN, JSON.stringify({ at: Date.now(), seen }));

// The names of what was in view, or null when the camera was not left open a moment ago.
const wasLeftOpen = () => {
  const { at, seen } = JSON.parse(sessionStorage.getItem(LEFT_OPEN) ?? "{}");
  sessionStorage.removeItem(LEFT_OPEN);
  return Date.now() - at < SOON ? seen : null;
};

const bind = () => {
  const opener = document.getElementById("camera-open");
  const view = part("view");
  const light = part("light");
  const zoom = part("zoom");
  let camera = null;
  let turn = 0; // odd while the camera is wanted
  const before = wasLeftOpen();

  const show = (isOpen) => {
    view.hidden = !isOpen;
    document.body.classList.toggle("camera-on", isOpen);
    opener.setAttribute("aria-expanded", String(isOpen));
  };

  const showLens = () => {
    light.hidden = !camera?.hasTorch;
    const range = camera?.zoomRange ?? null;
    zoom.hidden = range === null;
    if (range) Object.assign(zoom.querySelector("input"), range);
  };

  const close = () => {
    turn += turn % 2;
    camera?.close();
    camera = null;
    show(false);
    light.querySelector("input").checked = false;
    showLens();
    say("");
  };

  const failed = (code) => {
    close();
    say(code);
  };

  const open = async (seen = []) => {
    turn += 1;
    const mine = turn;
    show(true);
    say("opening");
    view.scrollIntoView({ block: "nearest" });
    try {
      const { openCamera } = await import(panel.dataset.camera).catch((cause) => {
        throw Object.assign(new Error("no_decoder", { cause }), { code: "no_decoder" });
      });
      const opened = await openCamera({ video: view.querySelector("video"), onCode: told, nameOf: withoutSecrets, seen, onError: failed });
      if (turn !== mine) return opened.close();
      camera = opened;
      showLens();
      setTimeout(showLens, LENS_PAUSE);
      say("aim");
    } catch (problem) {
      if (turn === mine) failed(problem.code ?? "no_camera");
    }
    return undefined;
  };

  opener.hidden = false;
  opener.addEventListener("click", () => {
    if (turn % 2) close();
    else open();
  });
  part("close").addEventListener("click", () => {
    close();
    opener.focus();
  });
  light.addEventListener("change", (event) => camera?.torch(event.target.checked).catch(() => {}));
  zoom.addEventListener("input", (event) => camera?.zoom(Number(event.target.value)).catch(() => {}));
  document.addEventListener("visibilitychange", () => {
    light.querySelector("input").checked = false; // the phone puts it out with the camera
  });
  addEventListener("pagehide", () => {
    if (turn % 2) leaveOpen(camera?.seen ?? before ?? []);
    close();
  });
  if (before) open(before);
};

const bindPhoto = () => {
  const input = part("photo").querySelector("input");
  const choice = part("choice");
  part("photo").hidden = false;

  const offer = (codes) => {
    choice.replaceChildren(
      ...codes.map((raw) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "b code";
        button.textContent = raw.replace(/^\][A-Za-z][A-Za-z0-9]/, "").replace(/\u001d/g, " ");
        button.addEventListener("click", () => {
          choice.replaceChildren();
          say("");
          told(raw);
        });
        return button;
      }),
    );
    say("several");
  };

  input.addEventListener("change", async () => {
    const [photo] = input.files;
    if (!photo) return;
    choice.replaceChildren();
    say("reading");
    const { problem, codes = [] } = await readPhoto(photo, panel.dataset.photos);
    input.value = "";
    if (problem) say(problem);
    else if (codes.length > 1) offer(codes);
    else {
      say("");
      told(codes[0]);
    }
  });
};

if (panel) {
  bind();
  bindPhoto();
}
