// Is this phone ready? Each line of the page is found out and told for itself.
const WORKER = "/account/trust/worker.js";
const SCOPE = "/account/trust/";

const tell = (key, isGood) => {
  const line = document.querySelector(`[data-check=${key}]`);
  const state = isGood ? "yes" : "no";
  line.querySelectorAll("[data-state]").forEach((mark) => { mark.hidden = mark.dataset.state !== state; });
  line.querySelectorAll("[data-say]").forEach((text) => { text.hidden = text.dataset.say !== state; });
  line.dataset.is = state;
  conclude();
};

const conclude = () => {
  const lines = [...document.querySelectorAll("[data-check]")].map((line) => line.dataset.is);
  if (lines.includes(undefined)) return;
  const verdict = lines.every((is) => is === "yes") ? "ready" : "partly";
  document.querySelectorAll("[data-verdict]").forEach((one) => { one.hidden = one.dataset.verdict !== verdict; });
};

// A browser registers a worker only where it trusts the certificate.
const isTrusted = async () => {
  if (!navigator.serviceWorker) return false;
  try {
    const registration = await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    await registration.unregister();
    return true;
  } catch {
    return false;
  }
};

const hasCamera = async () => {
  if (!navigator.mediaDevices?.getUserMedia) return false;
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some((device) => device.kind === "videoinput");
};

const tryCamera = async () => {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true });
    stream.getTracks().forEach((track) => track.stop());
    tell("camera", true);
  } catch {
    tell("camera", false);
  }
};

const checkAll = async () => {
  tell("secure", window.isSecureContext);
  const ask = document.getElementById("ask-camera");
  ask.hidden = !navigator.mediaDevices?.getUserMedia;
  ask.addEventListener("click", tryCamera);
  tell("camera", await hasCamera().catch(() => false));
  tell("trusted", await isTrusted());
};

if (document.getElementById("trust-check")) checkAll();
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
