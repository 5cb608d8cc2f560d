// Continuous scanning: one picture at a time, eight a second where the phone is able.
import { Frames } from "./frames.js";
import { prepare, read } from "./reader.js";
import { Sightings } from "./sightings.js";
import { CameraError, Lens, openStream } from "./stream.js";

const FRAME = 125; // milliseconds from one picture to the next
const REST_MIN = 30;
const REST_SHARE = 0.5; // of the time a picture took: a slow phone must still draw the page

/**
 * Open the back camera and read codes until it is closed. The camera is let go while
 * the page is hidden and taken again when it is shown.
 *
 * @param {object} given
 * @param {HTMLVideoElement} given.video shows the picture; its CSS may crop it with
 *   `object-fit: cover`, and only what is seen is read
 * @param {(text: string, format: string) => void} given.onCode called once for a code
 *   until it has left the view for 1.5 seconds; `text` begins with the symbology prefix
 * @param {(text: string) => string} [given.nameOf] what a code is remembered by
 * @param {string[]} [given.seen] names of codes that were told before: they have to leave
 *   the view first
 * @param {(code: string) => void} given.onError the camera closed by itself: a code as below
 * @returns {Promise<{close(): void, torch(isOn: boolean): Promise<void>,
 *   zoom(level: number): Promise<void>, hasTorch: boolean,
 *   zoomRange: {min: number, max: number, step: number, value: number} | null,
 *   seen: string[]}>} `seen` names what was told and is still in view;
 *   rejects with an error whose `code` is insecure, no_camera, refused, in_use or
 *   no_decoder
 */
export const openCamera = async (given) => {
  const camera = new Camera(given);
  await camera.start();
  return camera;
};

class Camera {
  #video; #onCode; #onError; #frames; #lens; #stream = null; #isOpen = true; #timer = 0;
  #sightings;

  constructor({ video, onCode, nameOf, seen, onError }) {
    this.#video = video;
    this.#onCode = onCode;
    this.#onError = onError;
    this.#frames = new Frames(video);
    this.#sightings = new Sightings(nameOf, seen);
    document.addEventListener("visibilitychange", this.#shownOrHidden);
  }

  get hasTorch() { return this.#lens.hasTorch; }
  get zoomRange() { return this.#lens.zoomRange; }
  get seen() { return this.#sightings.seen; }
  torch(isOn) { return this.#lens.torch(isOn); }
  zoom(level) { return this.#lens.zoom(level); }

  async start() {
    try {
      const decoder = Promise.resolve(prepare()).catch((problem) => {
        throw new CameraError("no_decoder", problem);
      });
      const [stream] = await Promise.all([this.#take(), decoder]);
      if (stream === this.#stream) this.#look();
    } catch (problem) {
      this.close();
      throw problem;
    }
  }

  async #take() {
    const stream = await openStream();
    if (!this.#isOpen || document.hidden) {
      stream.getTracks().forEach((track) => track.stop());
      return null;
    }
    const [track] = stream.getVideoTracks();
    this.#stream = stream;
    this.#lens = new Lens(track);
    track.addEventListener("ended", () => this.#fail("in_use"));
    this.#video.srcObject = stream;
    await this.#video.play().catch((problem) => {
      if (problem.name !== "AbortError") throw new CameraError("refused", problem);
    });
    return stream;
  }

  async #look() {
    const stream = this.#stream;
    if (!stream) return;
    const began = performance.now();
    const picture = this.#frames.next();
    try {
      if (picture) this.#tell(await read(picture));
    } catch {
      this.#fail("no_decoder");
      return;
    }
    const spent = performance.now() - began;
    const rest = Math.max(FRAME - spent, spent * REST_SHARE, REST_MIN);
    if (this.#stream === stream) this.#timer = setTimeout(() => this.#look(), rest);
  }

  #tell(codes) {
    const code = this.#stream && this.#sightings.next(codes, performance.now());
    if (code) this.#onCode(code.text, code.format);
  }

  #shownOrHidden = () => {
    if (document.hidden) this.#letGo();
    else if (!this.#stream) this.start().catch((problem) => this.#onError(problem.code ?? "no_camera"));
  };

  #fail(code) {
    if (!this.#isOpen) return;
    this.close();
    this.#onError(code);
  }

  #letGo() {
    clearTimeout(this.#timer);
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.#video.srcObject = null;
  }

  close() {
    this.#isOpen = false;
    document.removeEventListener("visibilitychange", this.#shownOrHidden);
    this.#letGo();
  }
}
