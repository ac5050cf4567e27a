// docs/cm-rec-2017-5.md stays true: what it names exists, and what it does not name is said to be missing.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, it } from "node:test";
import { needs } from "./oracle.mjs";

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

});

/** Where a name that documents use may lead to: a path, a room of the program, a module of the rules, a test of the crate or in a browser. */
function ways(name) {
  const path = name.replaceAll("::", "/");
  const places = ["", "crates/", "crates/tandau/", "crates/tandau/src/", "crates/electoral/", "crates/evoting/tests/", "tests/ballot/", "docs/"];
  const inRules = path.replace(/^electoral\//, "crates/electoral/src/");
  const paths = places.map((place) => place + path).concat(inRules);
  return paths.flatMap((way) => ["", ".rs", ".spec.mjs", ".mjs", "/mod.rs", "/main.rs"].map((end) => way + end));
}
const leads = (name) => ways(name).some((path) => existsSync(root + path));

describe("what the documents of electronic voting name is there", () => {
  const text = Object.fromEntries(["evoting", "threat-model", "cm-rec-2017-5"].map((name) => [name, read(`docs/${name}.md`)]));

  it("links", () => {
    for (const [name, document] of Object.entries(text)) {
      const links = [...document.matchAll(/\]\(([\w./-]+)\)/g)].map(([, path]) => path);
      assert.deepEqual(links.filter((path) => !existsSync(`${root}docs/${path}`)), [], name);
    }
    assert.ok(text.evoting.match(/\]\(/g).length >= 3);
  });

  it("files and folders", () => {
    for (const [name, document] of Object.entries(text)) {
      const named = [...document.matchAll(/`([\w-]+(?:\/[\w.-]+)+|[\w.-]+\.(?:rs|mjs|md|toml)|electoral(?:::\w+)+)`/g)].map(([, path]) => path);
      // What commands write, and a name that every room has.
      const made = /^(?:election|box|creds)\b|^(?:files\/|tandau\.db)|^store\.rs$/;
      assert.deepEqual(named.filter((path) => !made.test(path) && !leads(path)), [], name);
    }
  });

  it("every threat says where its defence is tested", () => {
    const threats = rows(text["threat-model"]);
    assert.deepEqual(threats.map(([no]) => Number(no)), threats.map((_, i) => i + 1));
    for (const [no, , , tested] of threats) {
      const names = [...tested.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
      assert.ok(names.length > 0, `${no}: no test`);
      assert.deepEqual(names.filter((name) => !leads(name)), [], `threat ${no}`);
    }
  });

  it("would be told of one that is not there", () => {
    for (const name of ["crates/evotin", "tests/ballot/chooses", "electoral::suppressed", "http_tests/nobody"]) assert.ok(!leads(name), name);
  });
});

it("a program that is missing fails a test where CI is set", () => {
  const { CI } = process.env;
  const skipped = [];
  const test = { name: "a test that is none", skip: (why) => skipped.push(why) };
  try {
    process.env.CI = "true";
    assert.throws(() => needs(test, false, "nothing is there"), /nothing is there/);
    assert.deepEqual([needs(test, true, ""), skipped], [true, []]);
  } finally {
    if (CI === undefined) delete process.env.CI;
    else process.env.CI = CI;
  }
});
