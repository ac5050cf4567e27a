// What web/ballot has inside, for tests: the built scripts hand out nothing of it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const entry = `
export { seal } from "./encrypt";
export { systemRandom, challengeOf, numberOf } from "./bytes";
export { spelled, secretOf, weightOf } from "./credential";
export { readElection } from "./election";
export { belenios2048 } from "./modp";
export { ed25519 } from "./ed25519";
export { Refused } from "./errors";
`;
const resolveDir = fileURLToPath(new URL("../../web/ballot", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "tandau-ballot-"));
const outfile = join(folder, "inside.mjs");
await build({ stdin: { contents: entry, resolveDir, loader: "ts" }, bundle: true, format: "esm", target: "es2022", outfile });
export const inside = await import(pathToFileURL(outfile).href);
rmSync(folder, { recursive: true });
export const bytesOf = (text) => new TextEncoder().encode(text);

/** Numbers that look random and are the same each time. */
export function sequence(seed) {
  let state = BigInt(seed) + 1n;
  return (q) => {
    let number = 0n;
    for (let i = 0; i < 5; i += 1) {
      state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
      number = (number << 64n) | state;
    }
    return number % q;
  };
}
