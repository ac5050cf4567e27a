// The two groups by the book: slow, and with nothing of web/ballot in them.
import { readFileSync } from "node:fs";

export const data = (name) => JSON.parse(readFileSync(new URL(`data/${name}.json`, import.meta.url), "utf8"));
const constants = data("groups");
const of = (name) => constants.find((c) => c.name === name);
export const mod = (a, n) => ((a % n) + n) % n;

export function power(a, x, n) {
  let [result, square] = [1n, mod(a, n)];
  for (let rest = x; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % n;
    square = (square * square) % n;
  }
  return result;
}

function numbers() {
  const { name, ...c } = of("BELENIOS-2048");
  const [p, q, g] = [c.p, c.q, c.g].map(BigInt);
  return {
    name,
    q,
    g,
    one: 1n,
    times: (a, b) => (a * b) % p,
    inverse: (a) => power(a, p - 2n, p),
    power: (a, x) => power(a, mod(x, q), p),
    write: String,
    read(text) {
      if (!/^(0|[1-9]\d*)$/.test(text)) throw new Error("NUMBER");
      const a = BigInt(text);
      if (a >= p || power(a, q, p) !== 1n) throw new Error("GROUP_ELEMENT");
      return a;
    },
  };
}

// Points as (X : Y : Z : T), added as in RFC 8032, section 5.1.4; these formulas hold for all pairs.
function curve() {
  const c = of("Ed25519");
  const [p, q] = [c.field_prime, c.q].map(BigInt);
  const inverse = (a) => power(a, p - 2n, p);
  const d = mod(-121665n * inverse(121666n), p);
  const one = [0n, 1n, 1n, 0n];
  const times = ([x1, y1, z1, t1], [x2, y2, z2, t2]) => {
    const [a, b] = [mod((y1 - x1) * (y2 - x2), p), mod((y1 + x1) * (y2 + x2), p)];
    const [k, m] = [(2n * t1 * t2 * d) % p, (2n * z1 * z2) % p];
    const [e, f, g, h] = [b - a, m - k, m + k, b + a];
    return [mod(e * f, p), mod(g * h, p), mod(f * g, p), mod(e * h, p)];
  };
  const raise = (a, x) => {
    let [result, double] = [one, a];
    for (let rest = x; rest > 0n; rest >>= 1n) {
      if (rest & 1n) result = times(result, double);
      double = times(double, double);
    }
    return result;
  };
  const write = ([x, y, z]) => {
    const i = inverse(z);
    return (((y * i) % p) + ((((x * i) % p) & 1n) << 255n)).toString(16).padStart(64, "0");
  };
  const read = (text) => {
    if (!/^[0-9a-f]{64}$/.test(text)) throw new Error("NUMBER");
    const number = BigInt(`0x${text}`);
    const y = number & ((1n << 255n) - 1n);
    if (y >= p) throw new Error("GROUP_ELEMENT");
    const [u, v] = [mod(y * y - 1n, p), mod(d * y * y + 1n, p)];
    let x = (u * power(v, 3n, p) * power(u * power(v, 7n, p), (p - 5n) / 8n, p)) % p;
    if ((v * x * x) % p === mod(-u, p)) x = (x * power(2n, (p - 1n) / 4n, p)) % p;
    if ((v * x * x) % p !== u) throw new Error("GROUP_ELEMENT");
    const odd = number >> 255n;
    if (x === 0n && odd === 1n) throw new Error("GROUP_ELEMENT");
    if ((x & 1n) !== odd) x = p - x;
    const a = [x, y, 1n, (x * y) % p];
    if (write(raise(a, q)) !== write(one)) throw new Error("GROUP_ELEMENT");
    return a;
  };
  return { name: c.name, q, g: read(c.g), one, times, inverse: ([x, y, z, t]) => [mod(-x, p), y, z, mod(-t, p)], power: (a, x) => raise(a, mod(x, q)), write, read };
}

export const groups = { "BELENIOS-2048": numbers(), Ed25519: curve() };
