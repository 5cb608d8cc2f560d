// The camera of this phone, and why there is none.
const WANTED = {
  audio: false,
  video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } },
};
const CODES = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "no_camera",
  OverconstrainedError: "no_camera",
  NotReadableError: "in_use",
  AbortError: "in_use",
};

/** Why the camera does not open; `code` is what the page has a text for. */
export class CameraError extends Error {
  constructor(code, cause) {
    super(code, { cause });
    this.code = code;
  }
}

export const openStream = async () => {
  if (!window.isSecureContext) throw new CameraError("insecure");
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraError("no_camera");
  try {
    return await navigator.mediaDevices.getUserMedia(WANTED);
  } catch (problem) {
    throw new CameraError(CODES[problem.name] ?? "no_camera", problem);
  }
};

// Firefox knows no capabilities; then there is neither light nor zoom.
const capabilities = (track) => track.getCapabilities?.() ?? {};

const apply = (track, setting) => track.applyConstraints({ advanced: [setting] });

/** Light and zoom of one track, where the phone has them. */
export class Lens {
  #track;

  constructor(track) {
    this.#track = track;
    const { focusMode } = capabilities(track);
    if (focusMode?.includes?.("continuous")) apply(track, { focusMode: "continuous" }).catch(() => {});
  }

  get hasTorch() {
    const { torch } = capabilities(this.#track);
    return Array.isArray(torch) ? torch.includes(true) : Boolean(torch);
  }

  /** `{min, max, step, value}`, or null. */
  get zoomRange() {
    const { zoom } = capabilities(this.#track);
    if (!zoom || !(zoom.max > zoom.min)) return null;
    const value = this.#track.getSettings().zoom ?? zoom.min;
    return { min: zoom.min, max: zoom.max, step: zoom.step || 0.1, value };
  }

  torch(isOn) {
    return apply(this.#track, { torch: isOn });
  }

  zoom(level) {
    return apply(this.#track, { zoom: level });
  }
}
