// Makes a ballot of the Belenios protocol, version 1: docs/evoting.md says what each part is for.
import { challengeOf, digest, mod, type Random } from "./bytes";
import { secretOf, weightOf } from "./credential";
import { ed25519 } from "./ed25519";
import { readElection, type Election, type Question } from "./election";
import { Refused } from "./errors";
import type { Group } from "./group";
import { belenios2048 } from "./modp";
import { proveOneOf, type Keys, type Proof } from "./proofs";

/** What a ballot is made from. */
export interface Request {
  /** The election's document, byte for byte. */
  readonly election: Uint8Array;
  /** As it was given to the voter. */
  readonly credential: string;
  /** Per question noughts and ones, in the order of its answers; where blank is allowed, one place more in front for it. */
  readonly choices: readonly (readonly number[])[];
  /** The election's list of public credentials, if the credential is to be looked up in it first. */
  readonly credentials?: Uint8Array;
}

/** A finished ballot: everything in it may be published. */
export interface Sealed {
  /** One line of JSON. */
  readonly ballot: string;
  /** Under which the voter finds it in the ballot box: Base64 of its SHA-256. */
  readonly tracker: string;
  /** In decimal digits, when the list of public credentials was there. */
  readonly weight?: string;
}

interface Ciphertext {
  readonly alpha: string;
  readonly beta: string;
}
interface Answer {
  readonly choices: Ciphertext[];
  readonly individual_proofs: Proof[][];
  readonly overall_proof: Proof[];
  readonly blank_proof?: Proof[];
}

const sum = (numbers: readonly bigint[]): bigint => numbers.reduce((a, b) => a + b, 0n);

/** The choices of one question as numbers, if the question allows them. */
function checked(q: Question, given: unknown, at: number): bigint[] {
  const places = q.answers + (q.blank ? 1 : 0);
  if (!Array.isArray(given) || given.length !== places) throw new Refused("CHOICES_FORM", at);
  // A place that was left out is passed over by `every` and `map`; in a copy it is undefined.
  const choices: unknown[] = Array.from(given);
  if (!choices.every((c) => c === 0 || c === 1)) throw new Refused("CHOICES_FORM", at);
  const answers = (q.blank ? choices.slice(1) : choices).filter((c) => c === 1).length;
  if (q.blank && choices[0] === 1) {
    if (answers > 0) throw new Refused("CHOICES_BLANK", at);
  } else if (answers < q.min) throw new Refused("CHOICES_TOO_FEW", at);
  else if (answers > q.max) throw new Refused("CHOICES_TOO_MANY", at);
  return choices.map((c) => (c === 1 ? 1n : 0n));
}

function answer<E>(keys: Keys<E>, q: Question, m: readonly bigint[], s0: string, random: Random): Answer {
  const { group, key } = keys;
  const secrets = m.map(() => random(group.order));
  const choices = secrets.map((r, i) => ({
    alpha: group.write(group.base(r)),
    beta: group.write(m[i] === 1n ? group.combine(key(r), group.base(1n)) : key(r)),
  }));
  const individual_proofs = secrets.map((r, i) => {
    const { alpha, beta } = choices[i]!;
    const claims = [0n, 1n].map((member) => ({ r, off: m[i]! - member }));
    return proveOneOf(keys, claims, Number(m[i]!), `prove|${s0}|${alpha},${beta}|`, random);
  });
  const s = `${s0}|${choices.map((c) => `${c.alpha},${c.beta}`).join(",")}`;
  const first = q.blank ? 1 : 0;
  const [count, r] = [sum(m.slice(first)), mod(sum(secrets.slice(first)), group.order)];
  const counts = Array.from({ length: q.max - q.min + 1 }, (_, i) => ({ r, off: count - BigInt(q.min + i) }));
  const place = Number(count) - q.min;
  if (!q.blank) {
    const alpha = group.write(group.base(r));
    const beta = group.write(group.combine(key(r), group.base(count)));
    return { choices, individual_proofs, overall_proof: proveOneOf(keys, counts, place, `prove|${s}|${alpha},${beta}|`, random) };
  }
  // "Not blank, or no answer at all", and "blank, or as many answers as the question asks for".
  const [blank, r0] = [m[0]!, secrets[0]!];
  const either = [{ r: r0, off: blank }, { r, off: count }];
  const blank_proof = proveOneOf(keys, either, Number(blank), `bproof0|${s}|`, random);
  const all = [{ r: r0, off: blank - 1n }, ...counts];
  const overall_proof = proveOneOf(keys, all, blank === 1n ? 0 : place + 1, `bproof1|${s}|`, random);
  return { choices, individual_proofs, overall_proof, blank_proof };
}

function sealIn<E>(group: Group<E>, election: Election, request: Request, random: Random): Sealed {
  const y = group.read(election.key);
  if (y === undefined || group.isOne(y)) throw new Refused("ELECTION_KEY");
  if (!Array.isArray(request.choices) || request.choices.length !== election.questions.length) throw new Refused("CHOICES_FORM");
  const votes = election.questions.map((q, at) => checked(q, request.choices[at], at));
  const secret = secretOf(request.credential, election.uuid, group.order);
  const credential = group.write(group.base(secret));
  const weight = request.credentials && weightOf(credential, request.credentials);
  const keys = { group, key: group.powersOf(y) };
  const s0 = `${election.fingerprint}|${credential}`;
  const answers = election.questions.map((q, at) => answer(keys, q, votes[at]!, s0, random));
  const unsigned = { election_uuid: election.uuid, election_hash: election.fingerprint, credential, answers };
  const hash = digest(JSON.stringify(unsigned));
  const w = random(group.order);
  const challenge = challengeOf(`sig|${hash}|`, [group.write(group.base(w))], group.order);
  const response = mod(w - secret * challenge, group.order);
  const proof = { challenge: challenge.toString(), response: response.toString() };
  const ballot = JSON.stringify({ ...unsigned, signature: { hash, proof } });
  return { ballot, tracker: digest(ballot), ...(weight === undefined ? {} : { weight }) };
}

/** Makes the ballot that `request` asks for, or throws `Refused`. Random numbers come from `random`, in no promised order. */
export function seal(request: Request, random: Random): Sealed {
  const election = readElection(request.election);
  if (election.group === belenios2048.name) return sealIn(belenios2048, election, request, random);
  if (election.group === ed25519.name) return sealIn(ed25519, election, request, random);
  throw new Refused("ELECTION_GROUP");
}
