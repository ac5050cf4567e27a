// What a voter was given, and what follows from it.
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { numberOf } from "./bytes";
import { Refused } from "./errors";

/** Neither 0 nor O, neither I nor l. */
export const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const PLAIN = /^[1-9A-HJ-NP-Za-km-z]{15}$/;
const DASHED = /^[1-9A-HJ-NP-Za-km-z]{3}(?:-[1-9A-HJ-NP-Za-km-z]{3}){4}$/;
const ITERATIONS = 1000;
/** The checksum's modulus. */
const CHECK = 53n;

/** The credential as it was handed out, with dashes: the other spelling would be another key. */
export function spelled(credential: string): string {
  if (!PLAIN.test(credential) && !DASHED.test(credential)) throw new Refused("CREDENTIAL_FORM");
  const signs = credential.replace(/-/g, "");
  const values = [...signs].map((sign) => BigInt(ALPHABET.indexOf(sign)));
  const first = values.slice(0, -1).reduce((sum, value) => sum * 58n + value, 0n);
  if ((first + values[values.length - 1]!) % CHECK !== 0n) throw new Refused("CREDENTIAL_CHECKSUM");
  return signs.match(/.{3}/g)!.join("-");
}

/** The secret exponent of a credential in one election. */
export function secretOf(credential: string, uuid: string, order: bigint): bigint {
  const bytes = pbkdf2(sha256, utf8ToBytes(spelled(credential)), utf8ToBytes(uuid), { c: ITERATIONS, dkLen: 32 });
  const secret = numberOf(bytes) % order;
  bytes.fill(0);
  return secret;
}

const ENTRY = /^([0-9a-f]+)(?:,(0|[1-9][0-9]{0,17}))?$/;
const LIST_BYTES_MAX = 64 * 1024 * 1024;

/** The weight of a public credential in the election's list of them (1 where none stands). */
export function weightOf(key: string, list: Uint8Array): string {
  if (list.length > LIST_BYTES_MAX) throw new Refused("CREDENTIALS_LIST");
  let entries: unknown;
  try {
    entries = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(list));
  } catch {
    throw new Refused("CREDENTIALS_LIST");
  }
  if (!Array.isArray(entries)) throw new Refused("CREDENTIALS_LIST");
  let found: string | undefined;
  for (const entry of entries as unknown[]) {
    const parts = typeof entry === "string" ? ENTRY.exec(entry) : null;
    if (!parts) throw new Refused("CREDENTIALS_LIST");
    if (parts[1] !== key) continue;
    if (found !== undefined) throw new Refused("CREDENTIALS_LIST");
    found = parts[2] ?? "1";
  }
  if (found === undefined) throw new Refused("CREDENTIAL_NOT_LISTED");
  return found;
}
