// Runs a command against a demo of its own: `node with-demo.mjs PROGRAM COMMAND…` plays `PROGRAM demo --fast`
// in a temporary folder on a free loopback port, waits until results are determined, exports TANDAU_URL
// to the command, ends the demo afterwards, and exits as the command did.
import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const READY_WITHIN_MS = 180_000;
const [program, ...command] = process.argv.slice(2);
if (!program || command.length === 0) {
  console.error("usage: with-demo.mjs PROGRAM COMMAND…");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "tandau-browser-"));
const logFile = join(folder, "demo.log");
const log = createWriteStream(logFile);
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const demo = spawn(program, ["demo", "--fast", "--data", join(folder, "data"), "--listen", `127.0.0.1:${port}`], {
  stdio: ["ignore", "pipe", "pipe"],
});
let ended = false;
demo.on("exit", () => (ended = true));
demo.on("error", (problem) => {
  ended = true;
  console.error(String(problem));
});
demo.stdout.pipe(log, { end: false });
demo.stderr.pipe(log, { end: false });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => finish(130));

if (!(await ready())) {
  console.error(`the demo was not ready; its last words:\n${readFileSync(logFile, "utf8").slice(-4000)}`);
  await finish(1);
}
const run = spawn(command[0], command.slice(1), { stdio: "inherit", env: { ...process.env, TANDAU_URL: url } });
run.on("error", (problem) => {
  console.error(String(problem));
  finish(1);
});
run.on("exit", (code) => finish(code ?? 1));

function freePort() {
  return new Promise((found) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => found(free));
    });
  });
}

/** `/readyz` answers 200 once the day has been played and results are determined. */
async function ready() {
  const started = Date.now();
  while (!ended && Date.now() - started < READY_WITHIN_MS) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    if (answer?.ok) {
      console.log(`the demo was ready after ${Math.round((Date.now() - started) / 1000)} s`);
      return true;
    }
    await new Promise((later) => setTimeout(later, 250));
  }
  return false;
}

async function finish(code) {
  if (!ended) {
    demo.kill("SIGTERM");
    const gone = new Promise((done) => demo.on("exit", done));
    const patience = new Promise((late) => setTimeout(late, 5000, "late"));
    if ((await Promise.race([gone, patience])) === "late") demo.kill("SIGKILL");
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}
