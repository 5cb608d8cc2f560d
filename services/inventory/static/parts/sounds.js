// Three answers that differ in rhythm as well as in pitch, and in the hand.
const KEY = "komek.sounds";
const NOTES = {
  good: [[880, 0, 0.12, 0.5]],
  kept: [[880, 0, 0.12, 0.2]],
  care: [[520, 0, 0.12, 0.5], [520, 0.2, 0.12, 0.5]],
  halt: [[170, 0, 0.4, 0.8]],
};
const BUZZ = { good: [40], kept: [40], care: [80, 60, 80], halt: [300] };

let context = null;

const isOn = () => localStorage.getItem(KEY) !== "off";

const note = ([pitch, start, length, loud]) => {
  const tone = context.createOscillator();
  const volume = context.createGain();
  const at = context.currentTime + start;
  tone.type = pitch < 300 ? "square" : "sine";
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(loud * 0.4, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + length);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + length);
};

export const tell = (face) => {
  navigator.vibrate?.(BUZZ[face] ?? []);
  if (!isOn() || !NOTES[face]) return;
  context ??= new AudioContext();
  context.resume().then(() => NOTES[face].forEach(note), () => {});
};

export const bindSwitch = (input) => {
  input.checked = isOn();
  input.addEventListener("change", () => {
    localStorage.setItem(KEY, input.checked ? "on" : "off");
    if (input.checked) tell("good");
  });
};
