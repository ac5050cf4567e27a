// Runs a command against demos of its own: `node with-demo.mjs PROGRAM COMMAND…` plays `PROGRAM demo --fast`, the evening of
// voting, the days of the visit and the days before districts teach in temporary folders on free loopback ports, waits until all
// are complete, exports TANDAU_URL, TANDAU_EVENING_URL, TANDAU_VISIT_URL and TANDAU_CASCADE_URL to the command, ends the demos
// afterwards, and exits as the command did.
import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const READY_WITHIN_MS = 600_000;
const EVENING = "2023-11-05";
const VISIT = "2023-10-02";
/** A Saturday on which centre and region have taught, and no district has. */
const CASCADE = "2023-09-23";
const [program, ...command] = process.argv.slice(2);
if (!program || command.length === 0) {
  console.error("usage: with-demo.mjs PROGRAM COMMAND…");
  process.exit(2);
}

let run;
const folder = mkdtempSync(join(tmpdir(), "tandau-browser-"));
const demos = [await start("after"), await start("evening", "--at", EVENING), await start("visit", "--at", VISIT)];
// One walk needs it and leaves nothing as it was.
const only = process.env.ONLY?.split(",");
if (!only || only.includes("cascade")) demos.push(await start("cascade", "--at", CASCADE));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => finish(130));

const ready = await Promise.all(demos.map(isReady));
if (ready.includes(false)) {
  const failed = demos[ready.indexOf(false)];
  console.error(`the demo was not ready; its last words:\n${readFileSync(failed.log, "utf8").slice(-4000)}`);
  await finish(1);
}
const [after, evening, visit, cascade] = demos;
run = spawn(command[0], command.slice(1), {
  stdio: "inherit",
  env: {
    ...process.env,
    TANDAU_URL: after.url,
    TANDAU_EVENING_URL: evening.url,
    TANDAU_VISIT_URL: visit.url,
    TANDAU_CASCADE_URL: cascade?.url ?? "",
  },
});
run.on("error", (problem) => {
  console.error(String(problem));
  finish(1);
});
run.on("exit", (code) => finish(code ?? 1));

/** Starts a demo with its log and data in the temporary folder. */
async function start(name, ...more) {
  const port = await freePort();
  const demo = { name, url: `http://127.0.0.1:${port}`, log: join(folder, `${name}.log`), ended: false };
  const args = ["demo", "--fast", "--data", join(folder, name), "--listen", `127.0.0.1:${port}`, ...more];
  demo.process = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  demo.process.on("exit", () => (demo.ended = true));
  demo.process.on("error", (problem) => {
    demo.ended = true;
    console.error(String(problem));
  });
  const log = createWriteStream(demo.log);
  demo.process.stdout.pipe(log, { end: false });
  demo.process.stderr.pipe(log, { end: false });
  return demo;
}

function freePort() {
  return new Promise((found) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const { port: free } = probe.address();
      probe.close(() => found(free));
    });
  });
}

/** `/readyz` answers 200 once the demo is complete. */
async function isReady(demo) {
  const started = Date.now();
  while (!demo.ended && Date.now() - started < READY_WITHIN_MS) {
    const answer = await fetch(`${demo.url}/readyz`, { signal: AbortSignal.timeout(5000) }).catch(() => null);
    if (answer?.ok) {
      console.log(`the demo (${demo.name}) was ready after ${Math.round((Date.now() - started) / 1000)} s`);
      return true;
    }
    await new Promise((later) => setTimeout(later, 250));
  }
  return false;
}

async function finish(code) {
  if (run && run.exitCode === null) run.kill("SIGTERM");
  for (const demo of demos.filter((d) => !d.ended)) {
    demo.process.kill("SIGTERM");
    const gone = new Promise((done) => demo.process.on("exit", done));
    const patience = new Promise((late) => setTimeout(late, 5000, "late"));
    if ((await Promise.race([gone, patience])) === "late") demo.process.kill("SIGKILL");
  }
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}
