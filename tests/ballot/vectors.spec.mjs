// Byte by byte against what belenios-tool made: credentials, hashes, proofs; and against the formulas of the protocol.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { data, groups } from "./groups.mjs";
import { bytesOf, inside, sequence } from "./inside.mjs";
import { digest, open, sha256, textbook, verify } from "./verifier.mjs";

const vectors = data("vectors");
const made = data("made-elsewhere");
const fast = { "BELENIOS-2048": inside.belenios2048, Ed25519: inside.ed25519 };

describe("credentials", () => {
  it("the secret exponent and its public key", () => {
    let seen = 0;
    for (const { uuid, group: name, credential, secret, public: key } of vectors.credentials.derivation) {
      const group = fast[name];
      if (!group || !credential.includes("-")) continue;
      const ours = inside.secretOf(credential, uuid, group.order);
      assert.equal(String(ours), secret);
      assert.equal(group.write(group.base(ours)), key);
      assert.equal(inside.secretOf(credential.replaceAll("-", ""), uuid, group.order), ours, "spelled without dashes it is the same");
      seen += 1;
    }
    assert.ok(seen >= 3, "enough were there");
  });

  it("what is none is refused by name", () => {
    for (const { credential, why } of vectors.credentials.invalid) {
      const code = /checksum|exchanged|letter case/.test(why) ? "CREDENTIAL_CHECKSUM" : "CREDENTIAL_FORM";
      assert.throws(() => inside.spelled(credential), { code }, `${credential}: ${why}`);
    }
    for (const { credential, accepted_by_tool: accepted } of vectors.credentials.checksum_of_multiple_of_53) {
      if (accepted) assert.equal(inside.spelled(credential).replaceAll("-", ""), credential);
      else assert.throws(() => inside.spelled(credential), { code: "CREDENTIAL_CHECKSUM" });
    }
  });

  it("is looked up in the list with its weight", () => {
    const list = bytesOf('["12","34,0","56,2000000000"]');
    assert.deepEqual(["12", "34", "56"].map((key) => inside.weightOf(key, list)), ["1", "0", "2000000000"]);
    assert.throws(() => inside.weightOf("3", list), { code: "CREDENTIAL_NOT_LISTED" });
    for (const wrong of ['["12","12"]', '["12,1","12,2"]', '["12,-1"]', '["12,01"]', '["12,1,x"]', "[12]", '{"12":1}', "["]) {
      assert.throws(() => inside.weightOf("12", bytesOf(wrong)), { code: "CREDENTIALS_LIST" }, wrong);
    }
  });
});

describe("hashes", () => {
  it("the fingerprint of an election, the tracker of a ballot", () => {
    assert.equal(inside.readElection(bytesOf(vectors.election.document)).fingerprint, vectors.election.fingerprint);
    const [ballot] = made["a-single"].ballots;
    assert.equal(ballot.length, vectors.ballot.length);
    assert.equal(digest(ballot), vectors.ballot.tracker);
    assert.equal(JSON.parse(ballot).signature.hash, vectors.ballot.signature_hash_field);
  });

  it("the challenges, reduced by the order when the digest is above it", () => {
    const whole = vectors.challenges.filter((c) => c.prefix);
    for (const c of whole) {
      assert.equal(String(inside.challengeOf(c.prefix, c.commitments, groups["BELENIOS-2048"].q)), c.sum_of_challenges_mod_q, c.what);
    }
    assert.ok(whole.length >= 2);
    assert.ok(vectors.challenges.some((c) => c.sha256_is_at_least_q), "one that must be reduced is among them");
  });
});

describe("our verifier", () => {
  it("finds in the tool's ballots what the vectors say", () => {
    const found = ["a-single", "c-weighted"].flatMap((name) => verify(made[name].election, made[name].ballots[0]).hashed);
    for (const c of vectors.challenges) {
      const ours = found.find((f) => f.commitments.join() === c.commitments.join());
      assert.ok(ours, c.what);
      assert.equal(String(ours.sum), c.sum_of_challenges_mod_q);
      if (c.prefix) assert.equal(ours.prefix, c.prefix);
      if (c.prefix_sha256_hex) assert.equal(sha256(ours.prefix).toString("hex"), c.prefix_sha256_hex);
    }
  });

  for (const [name, { election, ballots, trustees, choices, trackers }] of Object.entries(made)) {
    it(`accepts and opens ${name}`, () => {
      for (const [i, ballot] of ballots.entries()) assert.deepEqual(open(election, ballot, trustees), choices[i]);
      if (trackers) assert.deepEqual(ballots.map(digest), trackers);
    });
  }

  const { election } = made["e-ed25519-later"];
  const credential = vectors.credentials.derivation[0].credential;
  const choices = [[0, 1, 1, 0], [1, 0]];
  const by = (seed, chosen = choices) => inside.seal({ election: bytesOf(election), credential, choices: chosen }, sequence(seed)).ballot;

  it("refuses a ballot in which anything was changed, and says what", () => {
    const [good, other] = [by(1), JSON.parse(by(2))];
    verify(election, good);
    const changes = {
      BALLOT_UUID: (b) => (b.election_uuid = "FMaGG4cvyRfMSD"),
      BALLOT_ELECTION_HASH: (b) => (b.election_hash = digest("")),
      INDIVIDUAL_PROOF: (b) => (b.answers[0].choices[1] = other.answers[0].choices[1]),
      OVERALL_PROOF: (b) => (b.answers[1].overall_proof = other.answers[1].overall_proof),
      BLANK_PROOF: (b) => (b.answers[0].blank_proof = other.answers[0].blank_proof),
      ANSWER_SHAPE: (b) => b.answers[1].overall_proof.pop(),
      SCALAR_RANGE: (b) => (b.answers[0].blank_proof[0].response = String(groups.Ed25519.q)),
      GROUP_ELEMENT: (b) => (b.answers[0].choices[0].alpha = "0".repeat(64)),
    };
    for (const [name, change] of Object.entries(changes)) {
      const ballot = JSON.parse(good);
      change(ballot);
      assert.throws(() => verify(election, JSON.stringify(ballot)), { message: /^BALLOT_/ }, `${name}, not signed again`);
      assert.throws(() => verify(election, signedAgain(ballot)), { message: name });
    }
    const ballot = JSON.parse(good);
    ballot.signature.proof.response = "1";
    assert.throws(() => verify(election, JSON.stringify(ballot)), { message: "BALLOT_SIGNATURE" });
    assert.throws(() => verify(election, good.replace(",", ", ")), { message: "BALLOT_NONCANONICAL" });
  });

  /** Signed by the voter, so that what is wrong inside comes to light. */
  function signedAgain({ signature: _, ...unsigned }) {
    const { q, power, g, write } = groups.Ed25519;
    const secret = inside.secretOf(credential, JSON.parse(election).uuid, q);
    const hash = digest(JSON.stringify(unsigned));
    const challenge = inside.challengeOf(`sig|${hash}|`, [write(power(g, 5n))], q);
    const response = (((5n - secret * challenge) % q) + q) % q;
    return JSON.stringify({ ...unsigned, signature: { hash, proof: { challenge: String(challenge), response: String(response) } } });
  }
});

it("a ballot holds what the protocol names and nothing else", () => {
  const { election, choices } = made["a-single"];
  const { credential } = made["a-single"];
  const { ballot } = inside.seal({ election: bytesOf(election), credential, choices: choices[0] }, inside.systemRandom);
  const names = new Set();
  JSON.parse(ballot, (name, value) => (/^\d*$/.test(name) || names.add(name), value));
  const known = "alpha answers beta blank_proof challenge choices credential election_hash election_uuid hash individual_proofs overall_proof proof response signature";
  assert.equal([...names].sort().join(" "), known);
  // The credential that belenios-tool's own ballot of this voter carries.
  assert.equal(JSON.parse(ballot).credential, JSON.parse(made["a-single"].ballots[0]).credential);
});

describe("the same ballot as the formulas give", () => {
  for (const [name, { election, choices }] of Object.entries(made)) {
    it(name, () => {
      const credential = vectors.credentials.derivation[0].credential;
      const { uuid, group } = JSON.parse(election);
      const secret = inside.secretOf(credential, uuid, groups[group].q);
      for (const [seed, chosen] of choices.entries()) {
        const { ballot, tracker } = inside.seal({ election: bytesOf(election), credential, choices: chosen }, sequence(seed));
        assert.equal(ballot, textbook(election, secret, chosen, sequence(seed)));
        assert.equal(tracker, digest(ballot));
      }
    });
  }
});
