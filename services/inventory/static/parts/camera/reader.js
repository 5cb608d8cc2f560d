// Codes in a picture, by zxing in WebAssembly: the same on every phone, also where the
// browser has a detector of its own. Read directly and not through a BarcodeDetector,
// which keeps the kind of symbol to itself: with it "400…" in a GS1-128 cannot be taken
// for an EAN.
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import program from "zxing-wasm/reader/zxing_reader.wasm";

const OPTIONS = {
  formats: ["DataMatrix", "QRCode", "Code128", "EANUPC", "ITF", "DataBar"],
  textMode: "Plain", // keeps separators
  tryInvert: false,
  maxNumberOfSymbols: 8,
};

// Fetch and compile, from our own address only.
export const prepare = () =>
  prepareZXingModule({ overrides: { locateFile: () => program }, fireImmediately: true });

const middleOf = ({ topLeft, bottomRight }) => ({
  x: (topLeft.x + bottomRight.x) / 2,
  y: (topLeft.y + bottomRight.y) / 2,
});

/**
 * Read all codes of a picture, the one nearest to its middle first.
 *
 * @param {ImageData} picture
 * @returns {Promise<{text: string, format: string}[]>} `text` begins with the symbology
 *   prefix (]d2, ]C1, ]E0, …) and holds separators as U+001D, as a good scanner sends it
 */
export const read = async (picture) => {
  const away = ({ position }) => {
    const { x, y } = middleOf(position);
    return Math.hypot(x - picture.width / 2, y - picture.height / 2);
  };
  const found = await readBarcodes(picture, OPTIONS);
  return found
    .filter((code) => code.isValid)
    .sort((one, another) => away(one) - away(another))
    .map((code) => ({ text: code.symbologyIdentifier + code.text, format: code.format }));
};
