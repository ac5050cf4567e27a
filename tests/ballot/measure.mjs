// How long a voter waits: one ballot of 10 answers in a new worker of headless Chromium, as a voting page starts it. Prints a line
// of JSON for each group; `make bench ROWS=ballot` makes a row of it. Beside it, in the same run: the bare powers that the ballot is
// made of, each from its table, and belenios-tool on the same election.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { closeBrowser, newPage } from "../browser/helpers.mjs";
import { startSite } from "../browser/site.mjs";
import { credentialOf, electionOf, keyOf } from "./elections.mjs";
import { bytesOf, inside } from "./inside.mjs";
import { open } from "./verifier.mjs";
import { spawnSync } from "node:child_process";

const ANSWERS = 10;
const RUNS = 9;
const choices = [Array.from({ length: ANSWERS }, (_, i) => (i === 3 ? 1 : 0))];
const credential = credentialOf(10n ** 21n + 5n);
const middle = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const groups = { "BELENIOS-2048": inside.belenios2048, Ed25519: inside.ed25519 };

/** Powers that one ballot takes. */
function counted(name, election) {
  const group = groups[name];
  const { base, powersOf } = group;
  let powers = 0;
  group.base = (x) => (powers++, base(x));
  group.powersOf = (e) => {
    const power = powersOf(e);
    return (x) => (powers++, power(x));
  };
  inside.seal({ election: bytesOf(election), credential, choices }, inside.systemRandom);
  Object.assign(group, { base, powersOf });
  return powers;
}

/** Milliseconds of one bare power in this browser, its table made before. */
async function bare(page, name) {
  const contents = `
import { belenios2048 } from "./modp";
import { ed25519 } from "./ed25519";
import { systemRandom } from "./bytes";
const group = ${JSON.stringify(name)} === ed25519.name ? ed25519 : belenios2048;
const numbers = Array.from({ length: 200 }, () => systemRandom(group.order));
group.base(numbers[0]);
const started = performance.now();
for (const x of numbers) group.base(x);
globalThis.bareMs = (performance.now() - started) / numbers.length;`;
  const resolveDir = fileURLToPath(new URL("../../web/ballot", import.meta.url));
  const built = await build({ stdin: { contents, resolveDir, loader: "ts" }, bundle: true, format: "iife", target: "es2020", write: false, minify: true });
  return page.evaluate(`${built.outputFiles[0].text};globalThis.bareMs`);
}

/** Milliseconds of the whole command of belenios-tool on this election; nothing where it is missing or too old for the group. */
function byTool(election, list) {
  const folder = mkdtempSync(join(tmpdir(), "tandau-measure-"));
  try {
    const file = (name, text) => writeFileSync(join(folder, name), text);
    file("election.json", election);
    file("public_creds.json", JSON.stringify([list]));
    file("trustees.json", JSON.stringify([["Single", key.trustee]]));
    file("credential", credential);
    file("choice", JSON.stringify(choices));
    const bt = (args, input) => spawnSync(process.env.BELENIOS_TOOL ?? "belenios-tool", args, { cwd: folder, encoding: "utf8", input });
    if (bt(["archive", "init"]).status !== 0) return undefined;
    const times = Array.from({ length: RUNS }, () => {
      const started = performance.now();
      const { status } = bt(["election", "generate-ballot", "--privcred", "credential", "--ballot", "choice"]);
      return status === 0 ? performance.now() - started : NaN;
    });
    return times.some(Number.isNaN) ? undefined : middle(times);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const site = await startSite();
let key;
for (const [name, group] of Object.entries(groups)) {
  key = keyOf(name, 2n ** 240n + 99n);
  const election = electionOf(name, key.public, [{ answers: Array.from({ length: ANSWERS }, (_, i) => `№ ${i + 1}`), min: 0, max: ANSWERS }]);
  const page = await newPage({ site: site.url });
  await page.goto(`${site.url}/patterns/first-steps.ru.html`);
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { ms, ballot } = await page.evaluate(
      async ({ election, credential, choices }) => {
        const { seal } = await import("/dist/ballot.js");
        const started = performance.now();
        const { ballot } = await seal("/dist/ballot-worker.js", { election: new TextEncoder().encode(election), credential, choices });
        return { ms: performance.now() - started, ballot };
      },
      { election, credential, choices },
    );
    times.push(ms);
    if (run === 0 && JSON.stringify(open(election, ballot, [key.private])) !== JSON.stringify(choices)) throw new Error("the ballot does not open to the choice");
  }
  const list = group.write(group.base(inside.secretOf(credential, JSON.parse(election).uuid, group.order)));
  const powers = counted(name, election);
  const line = { group: name, answers: ANSWERS, runs: RUNS, median_ms: middle(times), slowest_ms: Math.max(...times), powers, bare_ms: await bare(page, name), tool_ms: byTool(election, list) };
  console.log(JSON.stringify(line));
  await page.context().close();
}
await closeBrowser();
await site.close();
