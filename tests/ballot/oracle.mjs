// Programs of others that check our ballots. One that is missing is said aloud; where CI is set it is a failure.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
/** The commands that set up an election changed after 2.0. */
export const toolSetsUp = toolVersion?.startsWith("2.0");
export const NO_TOOL = toolVersion ? `belenios-tool is ${toolVersion}, not 2.0` : "belenios-tool is not installed (Debian: apt-get install belenios-tool)";

/** Our own verifier in Rust. */
export const tandau = process.env.TANDAU_PROGRAM;
export const tandauVerifies = Boolean(tandau) && answers(tandau, ["evoting", "verify", "--help"]) !== undefined;
export const NO_TANDAU = "TANDAU_PROGRAM names no program with `evoting verify`";

const folders = [];
after(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

/** A folder that is gone after the tests. */
export function folder() {
  folders.push(mkdtempSync(join(tmpdir(), "tandau-oracle-")));
  return folders.at(-1);
}

/** An election that belenios-tool set up: its document, its voters' credentials, and what is done with it. */
export function setUp(questions, voters, trustees = 2) {
  const cwd = folder();
  const bt = (args, input = "") => run(tool, args, { cwd, input }).stdout;
  const uuid = bt(["setup", "generate-token"]).trim();
  const group = ["--group", "BELENIOS-2048"];
  writeFileSync(join(cwd, "voters.txt"), voters.map((weight, i) => `v${i}@example.org,v${i},${weight}\n`).join(""));
  writeFileSync(join(cwd, "template.json"), JSON.stringify({ description: "Ұялы телефоннан дауыс беру", name: "Сынақ сайлауы «№ 1»", questions }));
  bt(["setup", "generate-credentials", "--uuid", uuid, ...group, "--file", "voters.txt"]);
  const named = (end) => join(cwd, readdirSync(cwd).find((name) => name.endsWith(end)));
  const credentials = readFileSync(named(".privcreds"), "utf8").trim().split("\n").map((line) => line.split(" ").at(-1));
  writeFileSync(join(cwd, "public_creds.json"), readFileSync(named(".pubcreds")));
  const keys = Array.from({ length: trustees }, () => /keypair (\S+) has/.exec(bt(["setup", "generate-trustee-key", ...group]))[1]);
  writeFileSync(join(cwd, "public_keys.jsons"), keys.map((id) => readFileSync(join(cwd, `${id}.pubkey`), "utf8")).join(""));
  bt(["setup", "make-trustees"]);
  bt(["setup", "make-election", "--uuid", uuid, ...group, "--template", "template.json"]);
  bt(["archive", "init"]);
  const election = readFileSync(join(cwd, "election.json"), "utf8").trimEnd();
  const cast = (ballot) => bt(["archive", "add-event", "--type=Ballot"], `${ballot}\n`);
  const count = () => {
    bt(["archive", "add-event", "--type=EndBallots"]);
    bt(["archive", "add-event", "--type=EncryptedTally"], bt(["election", "compute-encrypted-tally"]));
    for (const [i, id] of keys.entries()) {
      const part = bt(["election", "decrypt", "--privkey", `${id}.privkey`, "--trustee-id", String(i + 1)]);
      bt(["archive", "add-event", "--type=PartialDecryption"], part);
    }
    const result = bt(["election", "compute-result"]);
    bt(["archive", "add-event", "--type=Result"], result);
    return JSON.parse(result).result.map((q) => q.map(Number));
  };
  return { cwd, uuid, election, credentials, cast, count, verify: () => run(tool, ["election", "verify"], { cwd }).stderr };
}
