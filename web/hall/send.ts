// Hands an answer over: tried again with growing pauses, never all phones at once, until the server has said something
// about it.

/** A field to mend. */
export interface Problem {
  field: string;
  message: string;
}

/** What became of it. `over`: the server takes it no more. */
export type End =
  | { state: "counted"; message: string }
  | { state: "mend"; problems: Problem[]; message: string }
  | { state: "over"; message: string };

interface Answer {
  message?: string;
  detail?: string;
  errors?: Problem[];
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
const PATIENCE_MS = 20_000;
/** When the network is back, all phones of the hall hear of it at once. */
const SPREAD_MS = 2_000;

/** One try; null when it has to be tried again, with what the server asked to wait. */
async function once(url: string, body: string): Promise<{ end: End | null; wait: number }> {
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "manual",
      signal: cut.signal,
    });
    const text = await answer.text();
    const wait = Number(answer.headers.get("retry-after") ?? 0) * 1_000;
    if (answer.type === "opaqueredirect" || answer.status === 408 || answer.status === 425 || answer.status === 429 || answer.status >= 500) {
      return { end: null, wait };
    }
    const said = (text.startsWith("{") ? JSON.parse(text) : null) as Answer | null;
    // Wi-Fi with a page of its own to sign in answers everything with "fine".
    if (answer.ok) return { end: said?.message ? { state: "counted", message: said.message } : null, wait };
    if (!said) return { end: null, wait };
    const message = said.detail ?? "";
    if (answer.status === 422 || answer.status === 413) return { end: { state: "mend", problems: said.errors ?? [], message }, wait };
    return { end: { state: "over", message }, wait };
  } catch {
    return { end: null, wait: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/** Tries until it ends. `failed` hears after each try in vain how long the pause is. */
export class Sending {
  private timer = 0;
  private tries = 0;
  private busy = false;

  constructor(
    private readonly url: string,
    private readonly body: string,
    private readonly failed: (pauseMs: number) => void,
    private readonly ended: (end: End) => void,
  ) {
    addEventListener("online", this.online);
    void this.go();
  }

  /** Now, because somebody asks for it. */
  now(): void {
    clearTimeout(this.timer);
    void this.go();
  }

  private readonly online = (): void => {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.go(), Math.random() * SPREAD_MS);
  };

  private async go(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const { end, wait } = await once(this.url, this.body);
    this.busy = false;
    if (end) {
      removeEventListener("online", this.online);
      clearTimeout(this.timer);
      this.ended(end);
      return;
    }
    const grown = Math.min(FIRST_PAUSE_MS * 2 ** this.tries, LONGEST_PAUSE_MS);
    this.tries = Math.min(this.tries + 1, 10);
    const pause = Math.max(wait, grown * 0.5) + Math.random() * grown;
    this.failed(pause);
    this.timer = window.setTimeout(() => void this.go(), pause);
  }
}
