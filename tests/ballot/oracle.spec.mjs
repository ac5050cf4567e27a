// Ballots of web/ballot inside elections of belenios-tool, counted by it; and archives with them, read by it and by our verifier.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { archive, credentialOf, electionOf, keyOf } from "./elections.mjs";
import { bytesOf, inside } from "./inside.mjs";
import { folder, NO_TANDAU, NO_TOOL, needs, run, setUp, tandau, tandauVerifies, tool, toolSetsUp, toolVersion } from "./oracle.mjs";
import { open } from "./verifier.mjs";

const archives = [];
const seal = (election, credential, choices) => inside.seal({ election: bytesOf(election), credential, choices }, inside.systemRandom).ballot;
const sum = (ballots) => ballots[0].map((answer, q) => answer.map((_, i) => ballots.reduce((a, b) => a + b[q][i] * (b.weight ?? 1), 0)));

const kinds = {
  "one question with blank, a vote given again": {
    questions: [{ answers: ["Иә", "Жоқ", "Ёё «№ 3»"], blank: true, min: 1, max: 1, question: "Қолдайсыз ба?" }],
    voters: [1, 1, 1, 1],
    votes: [[0, [[0, 1, 0, 0]]], [1, [[1, 0, 0, 0]]], [2, [[0, 0, 0, 1]]], [0, [[0, 0, 1, 0]]]],
  },
  "two questions, weights": {
    questions: [
      { answers: ["a", "b", "c", "d"], min: 0, max: 3, question: "1" },
      { answers: ["x", "y", "z"], blank: true, min: 2, max: 3, question: "2" },
    ],
    voters: [1, 0, 7, 2_000_000_000],
    votes: [[0, [[1, 1, 1, 0], [0, 1, 1, 1]]], [1, [[0, 0, 0, 0], [1, 0, 0, 0]]], [2, [[0, 1, 0, 1], [0, 0, 1, 1]]], [3, [[0, 0, 0, 1], [1, 0, 0, 0]]]],
  },
  "ten answers": {
    questions: [{ answers: Array.from({ length: 10 }, (_, i) => `№ ${i + 1}`), min: 0, max: 10, question: "?" }],
    voters: [1, 1],
    votes: [[0, [Array(10).fill(1)]], [1, [[0, 0, 0, 0, 1, 0, 0, 0, 1, 0]]]],
  },
};

describe("elections of belenios-tool with ballots of ours", () => {
  for (const [name, { questions, voters, votes }] of Object.entries(kinds)) {
    it(name, (t) => {
      if (!needs(t, toolSetsUp, NO_TOOL)) return;
      const it = setUp(questions, voters);
      const last = new Map();
      for (const [voter, choices] of votes) {
        it.cast(seal(it.election, it.credentials[voter], choices));
        last.set(voter, Object.assign(choices, { weight: voters[voter] }));
      }
      assert.match(it.verify(), /all checks passed/);
      assert.deepEqual(it.count(), sum([...last.values()]));
      assert.match(it.verify(), /all checks passed/);
      archives.push(join(it.cwd, `${it.uuid}.bel`));
    });
  }

  it("refuses a ballot of ours in which one digit was changed", (t) => {
    if (!needs(t, toolSetsUp, NO_TOOL)) return;
    const it = setUp(kinds["ten answers"].questions, [1]);
    const ballot = seal(it.election, it.credentials[0], [Array(10).fill(0)]);
    it.cast(ballot.replace(/"response":"(\d)/, (all, digit) => `"response":"${digit === "1" ? 2 : 1}`));
    assert.throws(() => it.verify(), /invalid ballot/);
  });
});

describe("archives of ours", () => {
  for (const group of ["BELENIOS-2048", "Ed25519"]) {
    it(group, (t) => {
      const keys = [11n, 2n ** 200n + 5n].map((x) => keyOf(group, x));
      const ours = group === "Ed25519" ? inside.ed25519 : inside.belenios2048;
      const y = ours.write(keys.map((k) => ours.read(k.public)).reduce(ours.combine));
      const election = electionOf(group, y, [{ answers: ["Иә", "Жоқ"], blank: true, min: 1, max: 2 }, { answers: ["a"], min: 0, max: 1 }]);
      const { uuid } = JSON.parse(election);
      const voters = [1, 2, 3].map((n) => credentialOf(10n ** 20n * BigInt(n) + 77n));
      const list = voters.map((c) => ours.write(ours.base(inside.secretOf(c, uuid, ours.order))));
      const votes = [[[0, 1, 1], [1]], [[1, 0, 0], [0]], [[0, 0, 1], [1]]];
      const ballots = votes.map((choices, i) => seal(election, voters[i], choices));
      ballots.forEach((ballot, i) => assert.deepEqual(open(election, ballot, keys.map((k) => k.private)), votes[i]));
      const cwd = folder();
      archives.push(join(cwd, `${uuid}.bel`));
      writeFileSync(archives.at(-1), archive(election, keys.map((k) => k.trustee), list, ballots));
      if (!needs(t, toolVersion, NO_TOOL)) return;
      if (group === "Ed25519" && /^2\.0/.test(toolVersion)) {
        t.diagnostic(`belenios-tool ${toolVersion} has no Ed25519: these ballots were checked and opened by the verifier of these tests alone`);
        return;
      }
      assert.match(run(tool, ["election", "verify"], { cwd }).stderr, /all checks passed/);
    });
  }
});

it("`tandau evoting verify` accepts all of these archives", (t) => {
  if (!needs(t, tandauVerifies, NO_TANDAU)) return;
  assert.ok(archives.length >= 2, "there are some");
  for (const path of archives) run(tandau, ["evoting", "verify", path]);
});
