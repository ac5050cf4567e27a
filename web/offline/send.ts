// Sends what is kept, each envelope once and in its order. Used by pages and by the worker; only one of them at a time
// sends, and the server takes an envelope once even if it comes twice.
import { change, type Envelope, envelopes, owner, type Problem, remove } from "./store";

/** Why something is still here. */
export type Stop = "" | "offline" | "trying" | "signIn" | "busy";

/** How a round of sending ended. */
export interface Round {
  stop: Stop;
  /** The server asked to come back after so many milliseconds. */
  wait: number;
  /** Kinds of forms and their version on the server. */
  forms: Record<string, string>;
}

const LOCK = "tandau-send";
const BATCH_MAX = 20;
const BATCH_BYTES = 150_000;
const PATIENCE_MS = 60_000;
const PHOTO_PATIENCE_MS = 600_000;

/** Ends a round. */
class Stopped extends Error {
  constructor(
    readonly stop: Stop,
    readonly wait = 0,
  ) {
    super(stop);
  }
}

interface Hello {
  person: string;
  csrf: string;
  forms: Record<string, string>;
}

interface Answer {
  id: string;
  state: "taken" | "again" | "refused" | "later";
  taken?: { message: string; href: string };
  problems?: Problem[];
  message?: string;
  missing?: string[];
}

/** A request that ends in an answer which says something about what was sent; anything else ends the round. */
async function ask(path: string, patience: number, init: RequestInit): Promise<Response> {
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), patience);
  let answer: Response;
  let body: ArrayBuffer;
  try {
    answer = await fetch(path, { ...init, cache: "no-store", credentials: "same-origin", redirect: "manual", signal: cut.signal });
    // A connection may be cut in the middle of an answer: it counts when all of it is here.
    body = await answer.arrayBuffer();
  } catch {
    throw new Stopped("offline");
  } finally {
    clearTimeout(timer);
  }
  if (answer.status === 401 || answer.type === "opaqueredirect") throw new Stopped("signIn");
  if (answer.status === 403 || answer.status === 404 || answer.status === 408 || answer.status === 429 || answer.status >= 500) {
    throw new Stopped("trying", Number(answer.headers.get("retry-after") ?? 0) * 1000);
  }
  return new Response(body, { status: answer.status, headers: answer.headers });
}

/** The sentence of a problem document. */
async function reason(answer: Response): Promise<string> {
  try {
    const problem = (await answer.json()) as { detail?: string; errors?: Problem[] };
    return problem.errors?.[0]?.message ?? problem.detail ?? "";
  } catch {
    return "";
  }
}

/** Sends the photos of an envelope that are not there yet; false when one of them was not taken. */
async function sendPhotos(envelope: Envelope, csrf: string): Promise<boolean> {
  for (const photo of envelope.photos.filter((p) => !p.sent)) {
    const answer = await ask("/office/inbox/files", PHOTO_PATIENCE_MS, {
      method: "POST",
      headers: { "x-csrf-token": csrf, "x-file-id": photo.id, "content-type": "application/octet-stream" },
      body: photo.blob,
    });
    if (!answer.ok) {
      envelope.state = "mend";
      envelope.problems = [{ field: photo.field, message: await reason(answer) }];
      await change(envelope);
      return false;
    }
    photo.sent = true;
    await change(envelope);
  }
  return true;
}

/** As the server reads it. */
function sheet({ id, kind, made_at, person, fields, photos }: Envelope): object {
  const files: Record<string, string[]> = {};
  for (const p of photos) (files[p.field] ??= []).push(p.id);
  return { id, kind, made_at, person, fields, files };
}

async function note(envelope: Envelope, answer: Answer): Promise<void> {
  switch (answer.state) {
    case "taken":
      return remove(envelope.seq ?? -1, {
        at: new Date().toISOString(),
        message: answer.taken?.message ?? "",
        href: answer.taken?.href ?? "",
      });
    case "again":
      return change({ ...envelope, state: "mend", problems: answer.problems ?? [] });
    case "refused":
      return change({ ...envelope, state: "refused", message: answer.message ?? "" });
    case "later":
      await change({ ...envelope, photos: envelope.photos.map((p) => ({ ...p, sent: p.sent && !answer.missing?.includes(p.id) })) });
      throw new Stopped("trying");
  }
}

/** The next envelopes that fit into one request. */
async function batch(csrf: string, most: number): Promise<Envelope[]> {
  const chosen: Envelope[] = [];
  let bytes = 0;
  for (const envelope of await envelopes()) {
    if (envelope.state !== "waiting") continue;
    // In UTF-8 a letter takes up to three bytes.
    bytes += JSON.stringify(sheet(envelope)).length * 2;
    if (chosen.length > 0 && (chosen.length >= most || bytes > BATCH_BYTES)) break;
    if (await sendPhotos(envelope, csrf)) chosen.push(envelope);
  }
  return chosen;
}

async function round(tell: () => void): Promise<Round> {
  const forms: Record<string, string> = {};
  try {
    const hello = (await (await ask("/office/inbox/hello", PATIENCE_MS, {})).json()) as Hello;
    Object.assign(forms, hello.forms);
    if (hello.person !== (await owner())) throw new Stopped("signIn");
    let most = BATCH_MAX;
    for (;;) {
      const chosen = await batch(hello.csrf, most);
      const [first] = chosen;
      if (!first) break;
      const answer = await ask("/office/inbox", PATIENCE_MS, {
        method: "POST",
        headers: { "x-csrf-token": hello.csrf, "content-type": "application/json" },
        body: JSON.stringify({ sent_at: new Date().toISOString(), envelopes: chosen.map(sheet) }),
      });
      if (answer.ok) {
        const { answers } = (await answer.json()) as { answers: Answer[] };
        for (const envelope of chosen) {
          const one = answers.find((a) => a.id === envelope.id);
          await note(envelope, one ?? { id: envelope.id, state: "later" });
        }
      } else if (chosen.length > 1) {
        most = 1;
      } else {
        await change({ ...first, state: "refused", message: await reason(answer) });
      }
      tell();
    }
    return { stop: "", wait: 0, forms };
  } catch (problem) {
    if (problem instanceof Stopped) return { stop: problem.stop, wait: problem.wait, forms };
    return { stop: "trying", wait: 0, forms };
  }
}

/** One round, unless another page is at it. `tell` is called whenever something has changed. */
export function send(tell: () => void): Promise<Round> {
  const alone = (): Promise<Round> => round(tell);
  if (!("locks" in navigator)) return alone();
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) =>
    lock ? alone() : Promise.resolve<Round>({ stop: "busy", wait: 0, forms: {} }),
  );
}
