// Elections of our own for tests, and the archives they are published in.
import { createHash } from "node:crypto";
import { groups, mod } from "./groups.mjs";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
export const hex = (body) => createHash("sha256").update(body).digest("hex");

/** A trustee's pair of keys as they stand in documents, with the proof that somebody has the private one. */
export function keyOf(name, x) {
  const group = groups[name];
  const written = group.write(group.power(group.g, x));
  const w = 987654321n;
  const digest = hex(`pok|${name}|${written}|${group.write(group.power(group.g, w))}`);
  const challenge = BigInt(`0x${digest}`) % group.q;
  const pok = { challenge: String(challenge), response: String(mod(w - x * challenge, group.q)) };
  return { private: String(x), public: written, trustee: { pok, public_key: written } };
}

/** An election's document. */
export function electionOf(group, key, questions, uuid = "TandauTest1234") {
  const asked = questions.map(({ answers, blank, min, max }, i) => ({ answers, ...(blank === undefined ? {} : { blank }), min, max, question: `№ ${i + 1}?` }));
  return JSON.stringify({ version: 1, description: "Made up for a test", name: "Сынақ", group, public_key: key, questions: asked, uuid });
}

/** A credential that is well formed, from a number. */
export function credentialOf(number) {
  let value = BigInt(number);
  let signs = "";
  for (let i = 0; i < 14; i += 1, value /= 58n) signs = ALPHABET[Number(value % 58n)] + signs;
  const sum = 53 - Number(BigInt(number) % 53n);
  return (signs + ALPHABET[sum]).match(/.{3}/g).join("-");
}

const octal = (number, digits) => number.toString(8).padStart(digits, "0");
const TIME = 1_700_000_000;

function entry(name, body) {
  const bytes = Buffer.from(body);
  const head = Buffer.alloc(512);
  head.write(name, 0);
  for (const [at, text] of [[100, "0000644"], [108, "0000000"], [116, "0000000"], [124, octal(bytes.length, 11)], [136, octal(TIME, 11)], [148, " ".repeat(8)], [156, "0"]]) head.write(text, at);
  head.write(`${octal(head.reduce((a, b) => a + b, 0), 6)}\0 `, 148);
  return Buffer.concat([head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** An archive of an election in which these ballots were cast and nothing was counted yet. */
export function archive(election, trustees, credentials, ballots) {
  const setup = [election, JSON.stringify(trustees.map((t) => ["Single", t])), JSON.stringify(credentials)];
  const parts = [entry("BELENIOS", JSON.stringify({ version: 1, timestamp: String(TIME) }))];
  const add = (body, kind = "data") => parts.push(entry(`${hex(body)}.${kind}.json`, body));
  let [parent, height] = [undefined, 0];
  const event = (type, payload) => {
    const body = JSON.stringify({ ...(parent ? { parent } : {}), height, type, payload: hex(payload) });
    add(body, "event");
    [parent, height] = [hex(body), height + 1];
  };
  setup.forEach((body) => add(body));
  const [e, t, c] = setup.map(hex);
  const data = JSON.stringify({ election: e, trustees: t, credentials: c });
  add(data);
  event("Setup", data);
  for (const ballot of ballots) {
    add(ballot);
    event("Ballot", ballot);
  }
  return Buffer.concat(parts);
}
