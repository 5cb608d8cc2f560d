// Three answers that differ in rhythm as well as in pitch, and in the hand.
const KEY = "komek.sounds";
const NOTES = {
  good: [{ pitch: 880, start: 0, length: 0.12, loud: 0.5 }],
  kept: [{ pitch: 880, start: 0, length: 0.12, loud: 0.2 }],
  care: [
    { pitch: 520, start: 0, length: 0.12, loud: 0.5 },
    { pitch: 520, start: 0.2, length: 0.12, loud: 0.5 },
  ],
  halt: [{ pitch: 170, start: 0, length: 0.4, loud: 0.8 }],
};
const BUZZ = { good: [40], kept: [40], care: [80, 60, 80], halt: [300] };

let context = null;

const isOn = () => localStorage.getItem(KEY) !== "off";

const note = (sound) => {
  const tone = context.createOscillator();
  const volume = context.createGain();
  const at = context.currentTime + sound.start;
  tone.type = sound.pitch < 300 ? "square" : "sine";
  tone.frequency.value = sound.pitch;
  volume.gain.setValueAtTime(sound.loud * 0.4, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + sound.length);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + sound.length);
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
