// Reads an election's document as strictly as a ballot needs it. What the format allows is allowed: unusual spacing, fields that
// are not known here, a title in any language.
import { ALPHABET } from "./credential";
import { digest } from "./bytes";
import { Refused } from "./errors";

/** A question whose votes are added up under encryption. */
export interface Question {
  /** How many answers there are, blank not among them. */
  readonly answers: number;
  /** Whether a blank vote may be given; it has a place of its own in front of the answers. */
  readonly blank: boolean;
  readonly min: number;
  readonly max: number;
}

/** What a ballot needs of an election. */
export interface Election {
  readonly uuid: string;
  /** Base64 of the SHA-256 of the document's bytes. */
  readonly fingerprint: string;
  readonly group: string;
  readonly key: string;
  readonly questions: readonly Question[];
}

const BYTES_MAX = 1024 * 1024;
/** Members of all proofs of a ballot: bounds how long a voter's device works. */
const MEMBERS_MAX = 10_000;
const UUID = new RegExp(`^[${ALPHABET}]{14,}$`);
// Within JSON that has been parsed: its texts, and what gives it its shape.
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Whether some object in this JSON has a field twice. */
function hasFieldTwice(json: string): boolean {
  const open: Set<string>[] = [];
  let last = "";
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const fields = open[open.length - 1]!;
      const name = JSON.parse(last) as string;
      if (fields.has(name)) return true;
      fields.add(name);
    }
    last = token;
  }
  return false;
}

function question(value: unknown, at: number): Question {
  if (!isObject(value)) throw new Refused("QUESTION", at);
  if ("type" in value) throw new Refused("QUESTION_KIND", at);
  const { answers, blank, min, max, question: text } = value;
  const whole =
    typeof text === "string" &&
    Array.isArray(answers) &&
    answers.length > 0 &&
    answers.every((answer) => typeof answer === "string") &&
    (blank === undefined || blank === null || typeof blank === "boolean") &&
    isCount(min) &&
    isCount(max) &&
    min <= max;
  if (!whole) throw new Refused("QUESTION", at);
  return { answers: answers.length, blank: blank === true, min, max };
}

/** Reads an election from the bytes of its document, without the newline that tools write after it. */
export function readElection(bytes: Uint8Array): Election {
  if (bytes.length > BYTES_MAX) throw new Refused("ELECTION_TOO_LARGE");
  let json: string;
  let document: unknown;
  try {
    json = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    document = JSON.parse(json);
  } catch {
    throw new Refused("ELECTION_JSON");
  }
  if (!isObject(document)) throw new Refused("ELECTION_JSON");
  if (hasFieldTwice(json)) throw new Refused("ELECTION_FIELD_TWICE");
  const { version, uuid, group, public_key: key, questions } = document;
  if (version !== 1) throw new Refused("ELECTION_VERSION");
  if (typeof uuid !== "string" || !UUID.test(uuid)) throw new Refused("ELECTION_UUID");
  if (typeof group !== "string") throw new Refused("ELECTION_GROUP");
  if (typeof key !== "string") throw new Refused("ELECTION_KEY");
  if (!Array.isArray(questions) || questions.length === 0) throw new Refused("ELECTION_QUESTIONS");
  const read = questions.map(question);
  const members = read.reduce((sum, q) => sum + 2 * (q.answers + 2) + (q.max - q.min + 2), 0);
  if (members > MEMBERS_MAX) throw new Refused("ELECTION_QUESTIONS");
  return { uuid, group, key, questions: read, fingerprint: digest(bytes) };
}
