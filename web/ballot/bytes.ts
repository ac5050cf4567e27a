// Bytes, numbers and the one hash of the protocol (docs/evoting.md).
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { Refused } from "./errors";

/** The bytes as an unsigned number, the first byte highest. */
export function numberOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

/** a mod n, from 0 to n − 1. */
export function mod(a: bigint, n: bigint): bigint {
  const rest = a % n;
  return rest < 0n ? rest + n : rest;
}

/** SHA-256 of bytes or of a text in UTF-8, in Base64 without padding: fingerprints and trackers. */
export function digest(of: Uint8Array | string): string {
  const bytes = sha256(typeof of === "string" ? utf8ToBytes(of) : of);
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
}

/** The hash of every proof: SHA-256 of `prefix` and the elements joined by commas, reduced by the group's order. */
export function challengeOf(prefix: string, elements: readonly string[], order: bigint): bigint {
  return numberOf(sha256(utf8ToBytes(prefix + elements.join(",")))) % order;
}

/** Gives a number from 0 to order − 1 at each call, each equally likely. */
export type Random = (order: bigint) => bigint;

/** Numbers from the operating system. What falls outside is thrown away, so no number is likelier than another. */
export const systemRandom: Random = (order) => {
  const bits = order.toString(2).length;
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  const above = BigInt(bytes.length * 8 - bits);
  for (;;) {
    try {
      crypto.getRandomValues(bytes);
    } catch {
      throw new Refused("RANDOM");
    }
    const number = numberOf(bytes) >> above;
    if (number < order) {
      bytes.fill(0);
      return number;
    }
  }
};
