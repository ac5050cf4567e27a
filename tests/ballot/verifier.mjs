// Checks a ballot as whoever counts must (docs/evoting.md), written apart from what makes it: its own groups, Node's own SHA-256.
import { createHash } from "node:crypto";
import { groups, mod } from "./groups.mjs";

export const sha256 = (text) => createHash("sha256").update(text).digest();
export const digest = (text) => sha256(text).toString("base64").replace(/=+$/, "");
const number = (bytes) => BigInt(`0x${bytes.toString("hex")}`);

function refuse(unless, name) {
  if (!unless) throw new Error(name);
}

/**
 * Checks everything about one ballot but whether its credential is listed. Throws the name of what is wrong; returns what was
 * hashed for each proof, the key, and the ciphertexts, one list per question.
 */
export function verify(electionText, ballotText) {
  const election = JSON.parse(electionText);
  const ballot = JSON.parse(ballotText);
  const group = groups[election.group];
  const y = group.read(election.public_key);
  const hashed = [];
  const scalar = (text) => {
    refuse(/^(0|[1-9]\d*)$/.test(text) && BigInt(text) < group.q, "SCALAR_RANGE");
    return BigInt(text);
  };
  const { signature, ...unsigned } = ballot;
  refuse(JSON.stringify({ ...unsigned, signature }) === ballotText, "BALLOT_NONCANONICAL");
  refuse(Object.keys(ballot).join() === "election_uuid,election_hash,credential,answers,signature", "BALLOT_NONCANONICAL");
  refuse(ballot.election_uuid === election.uuid, "BALLOT_UUID");
  refuse(ballot.election_hash === digest(electionText), "BALLOT_ELECTION_HASH");
  refuse(signature.hash === digest(JSON.stringify(unsigned)), "BALLOT_HASH");

  const agree = (what, prefix, elements, challenges) => {
    const commitments = elements.map(group.write);
    const sum = number(sha256(prefix + commitments.join(","))) % group.q;
    hashed.push({ what, prefix, commitments, sum });
    refuse(mod(challenges.reduce((a, b) => a + b, 0n), group.q) === sum, what);
  };
  const c = scalar(signature.proof.challenge);
  const own = group.times(group.power(group.g, scalar(signature.proof.response)), group.power(group.read(ballot.credential), c));
  agree("BALLOT_SIGNATURE", `sig|${signature.hash}|`, [own], [c]);

  // Each member is a ciphertext and the number it is said to be of.
  const oneOf = (what, prefix, members, proofs) => {
    refuse(Array.isArray(proofs) && proofs.length === members.length, "ANSWER_SHAPE");
    const challenges = proofs.map((p) => scalar(p.challenge));
    const elements = members.flatMap(([{ alpha, beta }, m], i) => {
      const [challenge, response] = [challenges[i], scalar(proofs[i].response)];
      const rest = group.times(beta, group.inverse(group.power(group.g, BigInt(m))));
      return [
        group.times(group.power(group.g, response), group.power(alpha, challenge)),
        group.times(group.power(y, response), group.power(rest, challenge)),
      ];
    });
    agree(what, prefix, elements, challenges);
  };
  refuse(ballot.answers.length === election.questions.length, "ANSWER_SHAPE");
  const s0 = `${ballot.election_hash}|${ballot.credential}`;
  const ciphertexts = ballot.answers.map((answer, at) => {
    const { answers, blank = false, min, max } = election.questions[at];
    const fields = ["choices", "individual_proofs", "overall_proof", ...(blank ? ["blank_proof"] : [])];
    refuse(Object.keys(answer).join() === fields.join(), "ANSWER_SHAPE");
    refuse(answer.choices.length === answers.length + (blank ? 1 : 0), "ANSWER_SHAPE");
    refuse(answer.individual_proofs.length === answer.choices.length, "ANSWER_SHAPE");
    const read = answer.choices.map(({ alpha, beta }) => ({ alpha: group.read(alpha), beta: group.read(beta) }));
    answer.choices.forEach(({ alpha, beta }, i) => {
      const members = [0, 1].map((m) => [read[i], m]);
      oneOf("INDIVIDUAL_PROOF", `prove|${s0}|${alpha},${beta}|`, members, answer.individual_proofs[i]);
    });
    const s = `${s0}|${answer.choices.map((x) => `${x.alpha},${x.beta}`).join(",")}`;
    const all = read.slice(blank ? 1 : 0).reduce((a, b) => ({ alpha: group.times(a.alpha, b.alpha), beta: group.times(a.beta, b.beta) }));
    const counts = Array.from({ length: max - min + 1 }, (_, i) => [all, min + i]);
    if (blank) {
      oneOf("BLANK_PROOF", `bproof0|${s}|`, [[read[0], 0], [all, 0]], answer.blank_proof);
      oneOf("OVERALL_PROOF", `bproof1|${s}|`, [[read[0], 1], ...counts], answer.overall_proof);
    } else {
      oneOf("OVERALL_PROOF", `prove|${s}|${group.write(all.alpha)},${group.write(all.beta)}|`, counts, answer.overall_proof);
    }
    return read;
  });
  return { hashed, ciphertexts, credential: ballot.credential };
}

/** What stands in a ballot, for whoever has the trustees' keys (all of them, each held alone). */
export function open(electionText, ballotText, trustees) {
  const { group: name } = JSON.parse(electionText);
  const group = groups[name];
  const x = mod(trustees.reduce((sum, key) => sum + BigInt(key), 0n), group.q);
  const meanings = [group.write(group.one), group.write(group.g)];
  return verify(electionText, ballotText).ciphertexts.map((answer) =>
    answer.map(({ alpha, beta }) => meanings.indexOf(group.write(group.times(beta, group.inverse(group.power(alpha, x)))))),
  );
}

/**
 * The ballot by the formulas of the protocol, from a secret exponent and random numbers: members that are not true take powers of
 * the ciphertexts. Draws its numbers in the order in which web/ballot/encrypt.ts does.
 */
export function textbook(electionText, secret, choices, random) {
  const election = JSON.parse(electionText);
  const group = groups[election.group];
  const { q, g, power, times, inverse, write } = group;
  const y = group.read(election.public_key);
  const s0 = `${digest(electionText)}|${write(power(g, secret))}`;
  const hash = (prefix, elements) => number(sha256(prefix + elements.map(write).join(","))) % q;
  // A member: ciphertext, the r it was made with, the number it is said to be of.
  const oneOf = (members, truth, prefix) => {
    const w = random(q);
    const proofs = members.map(() => ({ challenge: 0n, response: 0n }));
    const commitments = members.flatMap(([c, , m], i) => {
      if (i === truth) return [power(g, w), power(y, w)];
      proofs[i] = { challenge: random(q), response: random(q) };
      const { challenge, response } = proofs[i];
      const rest = times(c.beta, inverse(power(g, BigInt(m))));
      return [times(power(g, response), power(c.alpha, challenge)), times(power(y, response), power(rest, challenge))];
    });
    const others = proofs.reduce((sum, p) => sum + p.challenge, 0n);
    const challenge = mod(hash(prefix, commitments) - others, q);
    proofs[truth] = { challenge, response: mod(w - members[truth][1] * challenge, q) };
    return proofs.map((p) => ({ challenge: String(p.challenge), response: String(p.response) }));
  };
  const answers = election.questions.map(({ blank = false, min, max }, at) => {
    const vote = choices[at];
    const r = vote.map(() => random(q));
    const c = vote.map((m, i) => ({ alpha: power(g, r[i]), beta: times(power(y, r[i]), power(g, BigInt(m))) }));
    const written = c.map(({ alpha, beta }) => ({ alpha: write(alpha), beta: write(beta) }));
    const individual_proofs = vote.map((m, i) =>
      oneOf([[c[i], r[i], 0], [c[i], r[i], 1]], m, `prove|${s0}|${written[i].alpha},${written[i].beta}|`),
    );
    const s = `${s0}|${written.map((x) => `${x.alpha},${x.beta}`).join(",")}`;
    const from = blank ? 1 : 0;
    const all = c.slice(from).reduce((a, b) => ({ alpha: times(a.alpha, b.alpha), beta: times(a.beta, b.beta) }));
    const sum = r.slice(from).reduce((a, b) => a + b, 0n);
    const count = vote.slice(from).reduce((a, b) => a + b, 0);
    const counts = Array.from({ length: max - min + 1 }, (_, i) => [all, sum, min + i]);
    if (!blank) {
      const overall_proof = oneOf(counts, count - min, `prove|${s}|${write(all.alpha)},${write(all.beta)}|`);
      return { choices: written, individual_proofs, overall_proof };
    }
    const blank_proof = oneOf([[c[0], r[0], 0], [all, sum, 0]], vote[0], `bproof0|${s}|`);
    const overall_proof = oneOf([[c[0], r[0], 1], ...counts], vote[0] ? 0 : count - min + 1, `bproof1|${s}|`);
    return { choices: written, individual_proofs, overall_proof, blank_proof };
  });
  const unsigned = { election_uuid: election.uuid, election_hash: digest(electionText), credential: write(power(g, secret)), answers };
  const w = random(q);
  const signed = digest(JSON.stringify(unsigned));
  const challenge = hash(`sig|${signed}|`, [power(g, w)]);
  const proof = { challenge: String(challenge), response: String(mod(w - secret * challenge, q)) };
  return JSON.stringify({ ...unsigned, signature: { hash: signed, proof } });
}
