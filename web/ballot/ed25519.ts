// Ed25519: the part of prime order of the curve, with the points written as Belenios (2.1 and later) writes them.
import { ed25519 as curve } from "@noble/curves/ed25519.js";
import type { Group } from "./group";

const Point = curve.Point;
type Point = InstanceType<typeof Point>;
const ORDER = Point.Fn.ORDER;
const FIELD = Point.Fp.ORDER;
const ELEMENT = /^[0-9a-f]{64}$/;
/** Bits per step of the table for the key. From 3 to 8 the whole ballot takes the same time, within what can be measured. */
const WINDOW = 5;

/** The library counts from 1. */
const times = (e: Point, x: bigint): Point => (x === 0n ? Point.ZERO : e.multiply(x));

export const ed25519: Group<Point> = {
  name: "Ed25519",
  order: ORDER,
  base: (x) => times(Point.BASE, x),
  powersOf(e) {
    const own = Point.fromAffine(e.toAffine()).precompute(WINDOW);
    return (x) => times(own, x);
  },
  combine: (a, b) => a.add(b),
  isOne: (e) => e.is0(),
  // y and, as the highest bit, whether x is odd; the highest digit first, other than in RFC 8032.
  write(e) {
    const { x, y } = e.toAffine();
    return (y + ((x & 1n) << 255n)).toString(16).padStart(64, "0");
  },
  read(text) {
    if (!ELEMENT.test(text)) return undefined;
    const number = BigInt(`0x${text}`);
    const y = number & ((1n << 255n) - 1n);
    if (y >= FIELD) return undefined;
    try {
      const bytes = text.match(/../g)!.map((pair) => parseInt(pair, 16)).reverse();
      const e = Point.fromBytes(Uint8Array.from(bytes));
      // The curve has eight times as many points as the group.
      return e.isTorsionFree() && this.write(e) === text ? e : undefined;
    } catch {
      return undefined;
    }
  },
};
