// BELENIOS-2048: numbers modulo a prime of 2048 bits, of an order of 256 bits. Everything a ballot computes is a power of g or
// of the election's key, so both get a table: one multiplication for each digit of the exponent, and no squaring.
//
// A browser's BigInt takes longer for some numbers than for others, so somebody who could measure this worker to the
// microsecond, on the voter's own device, might learn about the vote. Such a reader sees the screen as well.
import type { Group } from "./group";

const P = BigInt(
  "0x" +
    "a3ef2d011fefb1b6e39e568fccdffb0fb7dc7ef3a791b6862791811d21fc35f21e6d36856b428030421f514ed40bfd4c" +
    "06e092a495af8d79a2f85e0fb11c0ede07dd973f9c53e50930c6e82ac36de1ae3fb8c3aabfff12ce27a5022ddd8912d1" +
    "07435012768a2cdd0a4091d8fa447f6c7ebc15a349fa318a6b4fe17d8d47e843a3e14dfa9b2162f4d7229abe93a188b4" +
    "6b006517d6f6747ebbb29c9ec3099b607f18fb1a8bc858279aa8599411d998d3e3fada9e010840d082d8c31911acdd4a" +
    "0e7992d0f18cc759cb5de0acf66a3882555bc810941e021b6a4ccfa04ee4008f878affa2375e2999b44f6cef17d70730" +
    "1e59e0e6351e051ed9cec4157646e64f",
);
const Q = 0xadb6066a73522565f4daa0f2579db7f2f0fa90c2168bc709e20263387d55c491n;
const G = BigInt(
  "0x" +
    "1307c1ab5f295885d7caa3a78a42415e31fd1c5807b61fb1e781878a52230a51988b98c259597f9c5a9dfd001d26ba31" +
    "d9d8976f01d95a1c8262ee68a0e92cea541e5219e0d0d094301b894236823fe1d4bc04e29f3748aefd4f10d5b1a356a8" +
    "643e673fd9d215fc8fe5fb9cf9fdb8ea88fdb1a3381a697fdf9c2458570b06d26aef1be365fdd90165f397c6b870df8c" +
    "1b9e519edcee8bb0f74b7a1615a274ba60a7ea574a61f552d2dde0ce514e0927c4ff49b1964c4a913731ae4268d60d7f" +
    "22127b6cbba44d453ac8b72fd04e0991b7aeff04867d8724ac638f5f34100d2d47aa680d43771902743d663f42d853c0" +
    "41e1c91fe3823f4bcf284308f1d7e653",
);
/** Bits of the exponent per multiplication. From 4 to 7 the whole ballot takes the same time, within what can be measured. */
const WINDOW = 5n;
const DIGITS = Number((256n + WINDOW - 1n) / WINDOW);
const MASK = (1n << WINDOW) - 1n;
/** Without sign, leading nought or more digits than p has. */
const DECIMAL = /^(?:0|[1-9][0-9]{0,616})$/;

/** `e` to the power of `x` by squaring, for the one power that needs no table. */
function power(e: bigint, x: bigint): bigint {
  let result = 1n;
  for (const bit of x.toString(2)) {
    result = (result * result) % P;
    if (bit === "1") result = (result * e) % P;
  }
  return result;
}

/** One row for each digit of an exponent: the powers of `e` to that digit's values. */
function table(e: bigint): bigint[][] {
  const rows: bigint[][] = [];
  let step = e;
  for (let digit = 0; digit < DIGITS; digit += 1) {
    const row = [1n];
    for (let value = 1n; value <= MASK; value += 1n) row.push((row[row.length - 1]! * step) % P);
    rows.push(row);
    step = (row[row.length - 1]! * step) % P;
  }
  return rows;
}

function raise(rows: bigint[][], x: bigint): bigint {
  let result = 1n;
  let rest = x;
  for (const row of rows) {
    result = (result * row[Number(rest & MASK)]!) % P;
    rest >>= WINDOW;
  }
  return result;
}

let ofBase: bigint[][] | undefined;

export const belenios2048: Group<bigint> = {
  name: "BELENIOS-2048",
  order: Q,
  base: (x) => raise((ofBase ??= table(G)), x),
  powersOf(e) {
    const rows = table(e);
    return (x) => raise(rows, x);
  },
  combine: (a, b) => (a * b) % P,
  isOne: (e) => e === 1n,
  write: (e) => e.toString(),
  read(text) {
    if (!DECIMAL.test(text)) return undefined;
    const e = BigInt(text);
    // The group is a small part of all numbers below p.
    return e > 0n && e < P && power(e, Q) === 1n ? e : undefined;
  },
};
