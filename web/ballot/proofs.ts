// Proofs that do not say what they prove about. All of a ballot's proofs have one shape: of several claims "this ciphertext is of
// that number" one is true, and nobody sees which.
import { challengeOf, mod, type Random } from "./bytes";
import type { Group } from "./group";

export interface Proof {
  readonly challenge: string;
  readonly response: string;
}

/** The group, and the election's key raised to a power. */
export interface Keys<E> {
  readonly group: Group<E>;
  readonly key: (x: bigint) => E;
}

/** "The ciphertext made with `r` is of a number that is `off` less than it is." True when `off` is 0. */
export interface Claim {
  readonly r: bigint;
  readonly off: bigint;
}

/**
 * Proves that one of the claims is true; `truth` says which. Whoever encrypted knows r, so α^c and β^c are powers of g and y:
 * the invented members cost three powers from tables and none of a ciphertext.
 */
export function proveOneOf<E>({ group, key }: Keys<E>, claims: readonly Claim[], truth: number, prefix: string, random: Random): Proof[] {
  const q = group.order;
  const w = random(q);
  const commitments: string[] = [];
  const members = claims.map(({ r, off }, at) => {
    if (at === truth) {
      commitments.push(group.write(group.base(w)), group.write(key(w)));
      return { challenge: 0n, response: 0n };
    }
    const [challenge, response] = [random(q), random(q)];
    const x = mod(response + r * challenge, q);
    const b = group.combine(key(x), group.base(mod(off * challenge, q)));
    commitments.push(group.write(group.base(x)), group.write(b));
    return { challenge, response };
  });
  const others = members.reduce((sum, m) => sum + m.challenge, 0n);
  const challenge = mod(challengeOf(prefix, commitments, q) - others, q);
  members[truth] = { challenge, response: mod(w - claims[truth]!.r * challenge, q) };
  return members.map((m) => ({ challenge: m.challenge.toString(), response: m.response.toString() }));
}
