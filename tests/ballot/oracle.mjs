// Programs of others that check our ballots. One that is missing is said aloud; where CI is set it is a failure.
import { spawnSync } from "node:child_process";
import { after } from "node:test";

/** Runs a program, and throws with its last words unless it ends well. */
export function run(program, args, { input, cwd } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, cwd, encoding: "utf8", maxBuffer: 64 * 2 ** 20 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stderr.slice(-2000)}${stdout.slice(-2000)}`);
  return { stdout, stderr };
}

const answers = (program, args) => {
  const { status, stdout, error } = spawnSync(program, args, { encoding: "utf8" });
  return error || status !== 0 ? undefined : stdout.trim();
};

const left = [];
after(() => left.forEach((what) => console.error(`NOT CHECKED: ${what}`)));

/** In a test: goes on if `there`, otherwise skips it, or fails where nothing may be skipped. */
export function needs(t, there, what) {
  if (there) return true;
  if (process.env.CI) throw new Error(`${what} (nothing is skipped where CI is set)`);
  left.push(`${t.name}: ${what}`);
  t.skip(what);
  return false;
}

/** belenios-tool: BELENIOS_TOOL names another one. */
export const tool = process.env.BELENIOS_TOOL ?? "belenios-tool";
export const toolVersion = answers(tool, ["--version"]);
export const NO_TOOL = "belenios-tool is not installed (Debian: apt-get install belenios-tool)";

/** Our own verifier in Rust. */
export const tandau = process.env.TANDAU_PROGRAM;
export const tandauVerifies = Boolean(tandau) && answers(tandau, ["evoting", "verify", "--help"]) !== undefined;
export const NO_TANDAU = "TANDAU_PROGRAM names no program with `evoting verify`";
