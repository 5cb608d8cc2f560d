// Answers each line, the path and size of raw RGBA pixels, with the codes found there.
import fs from "node:fs";
import readline from "node:readline";
import { prepareZXingModule } from "zxing-wasm/reader";
import { read } from "../../../../services/inventory/static/parts/camera/reader.js";

prepareZXingModule({ overrides: { wasmBinary: fs.readFileSync(process.argv[2]).buffer } });

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { path, width, height } = JSON.parse(line);
  const data = new Uint8ClampedArray(fs.readFileSync(path));
  process.stdout.write(`${JSON.stringify(await read({ data, width, height }))}\n`);
}
