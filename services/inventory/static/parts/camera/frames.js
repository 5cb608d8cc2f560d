// What a person sees in the viewfinder, as a picture for the reader.
const SIDE_MAX = 1024; // more costs a cheap phone a quarter of a second; small symbols are found in the middle
const NEAR = 0.5; // the middle of the view, for small symbols

// The part of the camera's picture that `object-fit: cover` shows.
const shownPart = (video) => {
  const { videoWidth: width, videoHeight: height, clientWidth, clientHeight } = video;
  const ratio = clientWidth && clientHeight ? clientWidth / clientHeight : width / height;
  return width / height > ratio
    ? { width: height * ratio, height }
    : { width, height: width / ratio };
};

export class Frames {
  #video;
  #canvas = document.createElement("canvas");
  #isNear = false;

  constructor(video) {
    this.#video = video;
  }

  /** The next picture, by turns the whole view and its middle; null before the first. */
  next() {
    const video = this.#video;
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !video.videoWidth) return null;
    this.#isNear = !this.#isNear;
    const shown = shownPart(video);
    const share = this.#isNear ? NEAR : 1;
    const [width, height] = [shown.width * share, shown.height * share];
    const scale = Math.min(1, SIDE_MAX / Math.max(width, height));
    const canvas = this.#canvas;
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const [left, top] = [(video.videoWidth - width) / 2, (video.videoHeight - height) / 2];
    context.drawImage(video, left, top, width, height, 0, 0, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  }
}
