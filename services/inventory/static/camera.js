// The camera's decoder, loaded only when the camera opens: a part of its own, because
// it weighs more than all other parts together.
export { openCamera } from "./parts/camera/open.js";
