// docs/cm-rec-2017-5.md stays true: what it names exists, and what it does not name is said to be missing.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, it } from "node:test";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path) => readFileSync(root + path, "utf8");
const STATES = ["held", "partly", "missing", "outside"];

/** The rows of the table: number, what is asked, state, what there is, what is missing. */
function rows(text) {
  return text.split("\n").filter((line) => /^\| \d/.test(line)).map((line) => line.slice(1, -1).split("|").map((cell) => cell.trim()));
}
const namesIn = (cell) => [...cell.matchAll(/`([\w./-]+)::([^`]+)`/g)].map(([, path, name]) => ({ path, name }));

/** Whether a file has a test of this name: a function under `#[test]`, or the title of `it` or `describe` (or its beginning). */
function hasTest(text, path, name) {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  if (path.endsWith(".rs")) return new RegExp(`#\\[(?:tokio::)?test[^\\]]*\\](?:\\s*#\\[[^\\]]*\\])*\\s*(?:async )?fn ${quoted}\\b|proptest![\\s\\S]*fn ${quoted}\\b`).test(text);
  return new RegExp(`(?:\\bit|\\bdescribe)\\([\`"'](?:\\$\\{\\w+\\}: )?${quoted}|^  "${quoted}": \\{`, "m").test(text);
}

/** What is wrong with the table. */
function faults(text, load) {
  const found = [];
  const all = rows(text);
  const numbers = all.map(([no]) => Number(no));
  if (String(numbers) !== String(Array.from({ length: 49 }, (_, i) => i + 1))) found.push(`numbers: ${numbers}`);
  for (const [no, asks, state, there, missing, ...more] of all) {
    if (!asks || more.length > 0) found.push(`${no}: five cells`);
    if (!STATES.includes(state)) found.push(`${no}: state ${state}`);
    const named = namesIn(there ?? "");
    if (["held", "partly"].includes(state) && named.length === 0) found.push(`${no}: no test`);
    if ((state === "held") !== (missing === "")) found.push(`${no}: ${state}, and missing is "${missing}"`);
    for (const { path, name } of named) {
      if (later(path)) continue;
      const source = load(path);
      if (source === undefined) found.push(`${no}: no file ${path}`);
      else if (!hasTest(source, path, name)) found.push(`${no}: no test ${path}::${name}`);
    }
  }
  return found;
}
/** Named before the crate is merged: looked at as soon as it is there. */
const later = (path) => /^crates\/(evoting|tandau\/src\/cli\/evoting)\//.test(path) && !existsSync(`${root}crates/evoting`);
const load = (path) => (existsSync(root + path) ? read(path) : undefined);

describe("the 49 standards", () => {
  const text = read("docs/cm-rec-2017-5.md");

  it("has a row for each of the 49, and every test it names exists", (t) => {
    if (later("crates/evoting/src")) t.diagnostic("crates/evoting is not here: what is named there was not looked at");
    assert.deepEqual(faults(text, load), []);
  });

  it("would be told of a table that is not true", () => {
    const spoiled = [
      [text.replace("::elections`", "::electons`"), /11: no test/],
      [text.replace("tests/ballot/choices.spec.mjs::credentials", "tests/ballot/choice.spec.mjs::credentials"), /8: no file/],
      [text.replace("::nothing_about_votes_leaks_before_the_last_closing", "::nothing_about_votes"), /24: no test/],
      [text.replace(/\n\| 30 .*/, ""), /numbers/],
      [text.replace("| a law |", "| |"), /28: outside/],
      [text.replace(/(\| 25 .*?: )(?:`[^`]*` ?)+/, "$1"), /25: no test/],
    ];
    for (const [wrong, said] of spoiled) {
      assert.notEqual(wrong, text);
      assert.match(faults(wrong, load).join("\n"), said);
    }
  });

  it("every file that docs/evoting.md names is there", () => {
    const evoting = read("docs/evoting.md");
    const links = [...evoting.matchAll(/\]\(([\w./-]+\.md)\)/g)].map(([, path]) => `docs/${path}`);
    const specs = [...evoting.matchAll(/`(\w+\.spec\.mjs)`/g)].map(([, name]) => `tests/ballot/${name}`);
    assert.ok(links.length >= 3 && specs.length >= 4);
    assert.deepEqual([...links, ...specs].filter((path) => !existsSync(root + path)), []);
  });
});
