// What may be voted, and what is refused by name.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ed25519 as curve } from "@noble/curves/ed25519.js";
import { electionOf, keyOf } from "./elections.mjs";
import { data, groups } from "./groups.mjs";
import { bytesOf, inside, sequence } from "./inside.mjs";
import { open } from "./verifier.mjs";

const { Point } = curve;
const credential = data("vectors").credentials.derivation[0].credential;
const made = data("made-elsewhere");
const seal = (election, choices, more = {}) => inside.seal({ election: bytesOf(election), credential, choices, ...more }, inside.systemRandom);

/** All lists of noughts and ones of a length. */
const all = (length) => Array.from({ length: 2 ** length }, (_, n) => [...n.toString(2).padStart(length, "0")].map(Number));

/** What the protocol says of a vote, in other words than the program's. */
function verdict({ answers, blank, min, max }, vote) {
  const chosen = vote.slice(blank ? 1 : 0).filter(Boolean).length;
  if (blank && vote[0]) return chosen ? "CHOICES_BLANK" : "";
  return chosen < min ? "CHOICES_TOO_FEW" : chosen > max ? "CHOICES_TOO_MANY" : "";
}

const shapes = [
  { answers: ["a"], blank: false, min: 0, max: 1 },
  { answers: ["a"], blank: true, min: 1, max: 1 },
  { answers: ["a", "b"], blank: true, min: 0, max: 0 },
  { answers: ["a", "b", "c"], blank: false, min: 1, max: 2 },
  { answers: ["a", "b", "c"], blank: true, min: 2, max: 3 },
  { answers: ["a", "b"], blank: false, min: 2, max: 4 },
];

describe("every vote of small questions", () => {
  for (const shape of shapes) {
    it(JSON.stringify(shape), () => {
      const key = keyOf("Ed25519", 3n);
      const election = electionOf("Ed25519", key.public, [shape]);
      for (const vote of all(shape.answers.length + (shape.blank ? 1 : 0))) {
        const code = verdict(shape, vote);
        if (code) assert.throws(() => seal(election, [vote]), { code, question: 0 }, String(vote));
        else assert.deepEqual(open(election, seal(election, [vote]).ballot, [key.private]), [vote]);
      }
    });
  }
});

describe("refused by name", () => {
  const key = keyOf("BELENIOS-2048", 12345n);
  const good = JSON.parse(electionOf("BELENIOS-2048", key.public, [{ answers: ["а", "ә"], blank: true, min: 1, max: 1 }]));
  const refuses = (code, change, choices = [[0, 1, 0]], more = {}) => {
    const election = structuredClone(good);
    const text = change(election) ?? JSON.stringify(election);
    assert.throws(() => seal(typeof text === "string" ? text : JSON.stringify(election), choices, more), { code }, `${code}: ${change}`);
  };
  const as = (field, value) => (e) => void (e[field] = value);
  const q = (field, value) => (e) => void (e.questions[0][field] = value);

  it("elections", () => {
    seal(JSON.stringify(good), [[0, 1, 0]]);
    refuses("ELECTION_TOO_LARGE", as("name", "x".repeat(2 ** 20)));
    for (const text of ["", "[]", "null", "1", "{", `${JSON.stringify(good)}x`]) refuses("ELECTION_JSON", () => text);
    assert.throws(() => inside.readElection(Uint8Array.of(0x7b, 0xff, 0x7d)), { code: "ELECTION_JSON" });
    // Deep or long, it is read or refused like any other.
    const deep = (n) => (e) => JSON.stringify(e).replace("{", `{"later":${"[".repeat(n)}${"]".repeat(n)},`);
    refuses("ELECTION_VERSION", (e) => deep(100_000)({ ...e, version: 2 }));
    refuses("ELECTION_VERSION", (e) => void Object.assign(e, { version: 2, name: '\\"{:'.repeat(100_000) }));
    refuses("ELECTION_FIELD_TWICE", (e) => JSON.stringify(e).replace('"version":1', '"version":1,"public_k\\u0065y":"1"'));
    for (const version of [0, 2, "1", undefined]) refuses("ELECTION_VERSION", as("version", version));
    for (const group of ["RFC-3526-2048", "ed25519", "", 5]) refuses("ELECTION_GROUP", as("group", group));
    for (const uuid of ["short", "0".repeat(14), 5, "a b c d e f g h"]) refuses("ELECTION_UUID", as("uuid", uuid));
    // 1 and 0, a number below p outside the group, another spelling, another type.
    for (const y of ["1", "0", "2", `0${key.public}`, `${key.public} `, "-1", "0x2", "9".repeat(700), 5, null]) refuses("ELECTION_KEY", as("public_key", y));
    for (const questions of [[], {}, undefined]) refuses("ELECTION_QUESTIONS", as("questions", questions));
    refuses("ELECTION_QUESTIONS", q("max", 100_000));
  });

  it("Ed25519 keys", () => {
    const field = (1n << 255n) - 19n;
    const hex = (n) => n.toString(16).padStart(64, "0");
    const eighth = "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7";
    const point = (text) => Point.fromHex(text.match(/../g).reverse().join(""));
    assert.ok(point(eighth).isSmallOrder(), "a point of the curve, of order 8");
    const mixed = inside.ed25519.write(point(eighth).add(Point.BASE));
    assert.ok(!point(mixed).isTorsionFree(), "a point of the curve, outside the group");
    const text = electionOf("Ed25519", keyOf("Ed25519", 3n).public, [{ answers: ["a"], min: 0, max: 1 }]);
    for (const y of [hex(1n), hex(0n), hex(field - 1n), hex(field + 1n), hex((1n << 255n) + 1n), hex(2n), eighth, mixed, keyOf("Ed25519", 3n).public.toUpperCase(), hex(1n).slice(1), ""]) {
      const election = JSON.stringify({ ...JSON.parse(text), public_key: y });
      assert.throws(() => seal(election, [[1]]), { code: "ELECTION_KEY" }, y);
    }
  });

  it("questions", () => {
    for (const change of [q("answers", []), q("answers", [1]), q("answers", "ab"), q("blank", 1), q("min", -1), q("min", 2), q("max", 0.5), q("max", "1"), q("question", undefined)]) {
      refuses("QUESTION", change);
    }
    refuses("QUESTION", (e) => void (e.questions[0] = null));
    refuses("QUESTION_KIND", q("type", "NonHomomorphic"));
  });

  it("choices", () => {
    const holes = [, 1, 0];
    for (const choices of [[], [[]], [[0, 1]], [[0, 1, 0, 0]], [[0, 2, 0]], [[0, true, 0]], [[0, "1", 0]], [[0, 0.5, 0]], [[0, -1, 0]], ["010"], [[0, 1, 0], [0, 1, 0]], [null], [holes], new Array(1)]) {
      refuses("CHOICES_FORM", () => {}, choices);
    }
  });

  it("credentials", () => {
    for (const wrong of ["", "nBp-4if-K4Q-3Ei", "nBp4-ifK4-Q3Ei-QHD", "nBp-4if-K4Q-3Ei-QHD ", "0Bp-4if-K4Q-3Ei-QHD"]) refuses("CREDENTIAL_FORM", () => {}, undefined, { credential: wrong });
    refuses("CREDENTIAL_CHECKSUM", () => {}, undefined, { credential: "nBp-4if-K4Q-3Ei-QHE" });
    refuses("CREDENTIAL_NOT_LISTED", () => {}, undefined, { credentials: bytesOf('["5"]') });
  });

  it("no refusal repeats what was typed", () => {
    const typed = "nBp-4if-K4Q-3Ei-QHE";
    try {
      seal(JSON.stringify(good), [[0, 1, 0]], { credential: typed });
      assert.fail("it is refused");
    } catch (refused) {
      assert.deepEqual(Object.keys(refused).filter((k) => refused[k] !== undefined), ["code"]);
      assert.ok(!String(refused.stack).includes(typed));
    }
  });
});

describe("what the format allows", () => {
  it("spacing, unknown fields, any language, nothing for blank: the fingerprint is of the bytes", () => {
    const key = keyOf("Ed25519", 3n);
    const plain = JSON.parse(electionOf("Ed25519", key.public, [{ answers: ["Иә", "Жоқ"], min: 1, max: 1 }]));
    plain.questions[0].blank = null;
    const spaced = JSON.stringify({ later: { questions: [] }, ...plain, name: "Сайлау \u2028 \"№ 1\" {[" }, null, 2);
    assert.deepEqual(open(spaced, seal(spaced, [[1, 0]]).ballot, [key.private]), [[1, 0]]);
  });
});

describe("random numbers", () => {
  const q = groups.Ed25519.q;

  it("two ballots of one choice have nothing in common", () => {
    const { election } = made["a-single"];
    const parts = [0, 1].map(() => new Set(seal(election, [[0, 1, 0, 0, 0]]).ballot.match(/\d{60,}/g)));
    const shared = [...parts[0]].filter((number) => parts[1].has(number));
    assert.deepEqual(shared, [JSON.parse(seal(election, [[1, 0, 0, 0, 0]]).ballot).credential]);
  });

  it("come from the system, below the order, over the whole of it", () => {
    const asked = [];
    const real = crypto.getRandomValues;
    crypto.getRandomValues = (bytes) => (asked.push(bytes.length), real.call(crypto, bytes));
    try {
      const numbers = Array.from({ length: 2000 }, () => inside.systemRandom(q));
      assert.ok(numbers.every((n) => n >= 0n && n < q));
      // Six standard deviations around a half.
      const upper = numbers.filter((n) => n >= q / 2n).length;
      assert.ok(upper > 866 && upper < 1134, `${upper} of 2000 in the upper half`);
      assert.ok(asked.length >= numbers.length && asked.every((n) => n === 32));
      const small = Array.from({ length: 3000 }, () => Number(inside.systemRandom(3n)));
      for (const n of [0, 1, 2]) assert.ok(Math.abs(small.filter((x) => x === n).length - 1000) < 160, `${n} as often as others`);
    } finally {
      crypto.getRandomValues = real;
    }
  });

  it("no ballot without them", () => {
    const real = crypto.getRandomValues;
    crypto.getRandomValues = () => {
      throw new Error("none left");
    };
    try {
      assert.throws(() => seal(made["a-single"].election, [[0, 1, 0, 0, 0]]), { code: "RANDOM" });
    } finally {
      crypto.getRandomValues = real;
    }
  });

  it("the numbers decide the ballot: given again, it is the same", () => {
    const request = { election: bytesOf(made["c-weighted"].election), credential, choices: made["c-weighted"].choices[0] };
    assert.equal(inside.seal(request, sequence(7)).ballot, inside.seal(request, sequence(7)).ballot);
    assert.notEqual(inside.seal(request, sequence(7)).ballot, inside.seal(request, sequence(8)).ballot);
  });
});
