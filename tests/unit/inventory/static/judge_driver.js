// Judges scans that tests describe, one JSON line each way.
import { createInterface } from "node:readline";
import { judge } from "../../../../services/inventory/static/parts/scanner_judge.js";

createInterface({ input: process.stdin }).on("line", (line) => {
  const { presses, read, probes } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(judge(presses, read, probes))}\n`);
});
