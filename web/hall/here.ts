// Tells the host how many phones are in the hall: a small word now and then, without cookies. The server gives this page a
// random number that it hands back, so that it is counted once; the number is gone with the page.

/** What this phone is doing. */
export type Doing = "reading" | "sending" | "failing" | "done";

interface Heard {
  place: string;
  pause_s: number;
  state: string;
}

const FIRST_MS = 1_500;
const SOON_MS = 300;
const PATIENCE_MS = 10_000;
const LOST_MS = 8_000;

export class Here {
  private place = "";
  private timer = 0;
  private speaking = false;
  private again = false;

  /** `changed` hears the state of the survey whenever a word was heard. */
  constructor(
    private readonly url: string,
    private doing: Doing,
    private readonly changed: (state: string) => void,
  ) {
    this.later(Math.random() * FIRST_MS);
    // Leaving is told without waiting for an answer.
    addEventListener("pagehide", () => {
      if (this.place) navigator.sendBeacon(url, this.body(""));
      this.place = "";
      clearTimeout(this.timer);
    });
    addEventListener("pageshow", (e) => {
      if (e.persisted) this.later(Math.random() * FIRST_MS);
    });
  }

  tell(doing: Doing): void {
    if (doing === this.doing) return;
    this.doing = doing;
    this.later(Math.random() * SOON_MS);
  }

  private body(doing: Doing | ""): URLSearchParams {
    return new URLSearchParams({ was: this.place, now: doing });
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.speak(), ms);
  }

  private async speak(): Promise<void> {
    if (this.speaking) {
      this.again = true;
      return;
    }
    this.speaking = true;
    let pause = LOST_MS;
    try {
      const answer = await fetch(this.url, {
        method: "POST",
        body: this.body(this.doing),
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout ? AbortSignal.timeout(PATIENCE_MS) : null,
      });
      if (answer.ok) {
        const heard = (await answer.json()) as Heard;
        this.place = heard.place;
        pause = heard.pause_s * 1_000;
        this.changed(heard.state);
      } else {
        pause = Math.max(pause, Number(answer.headers.get("retry-after") ?? 0) * 1_000);
      }
    } catch {
      // No network: the next word tries again.
    } finally {
      this.speaking = false;
    }
    this.later(this.again ? SOON_MS : pause * (0.75 + Math.random() / 2));
    this.again = false;
  }
}
