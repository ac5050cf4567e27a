// Keeps the numbers of a hall current on the projector and on the host's page: `data-hall-live="URL"` names a small
// document with texts for the elements `data-hall="name"`. When its `version` changes, the page fetches itself anew.

interface Now {
  version: string;
  texts: Record<string, string>;
}

const EVERY_MS = 400;
const PATIENCE_MS = 5_000;
const LONGEST_PAUSE_MS = 5_000;

async function anew(): Promise<void> {
  const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store", credentials: "same-origin" });
  if (!answer.ok) throw new Error("not now");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll<HTMLElement>("[data-hall-part]")) {
    const next = page.querySelector(`[data-hall-part="${CSS.escape(part.dataset["hallPart"] ?? "")}"]`);
    if (next) part.replaceChildren(...[...next.childNodes].map((n) => document.importNode(n, true)));
  }
}

/** Begins if this page is one of a hall. */
export function startHall(): void {
  const root = document.querySelector<HTMLElement>("[data-hall-live]");
  const url = root?.dataset["hallLive"];
  if (!root || !url) return;
  const lost = root.querySelector<HTMLElement>("[data-hall-lost]");
  let version = root.dataset["hallVersion"] ?? "";
  let failed = 0;

  const look = async (): Promise<void> => {
    try {
      const cut = new AbortController();
      const timer = setTimeout(() => cut.abort(), PATIENCE_MS);
      const answer = await fetch(url, { cache: "no-store", credentials: "same-origin", signal: cut.signal }).finally(() => clearTimeout(timer));
      if (!answer.ok) throw new Error("not now");
      const now = (await answer.json()) as Now;
      if (now.version !== version) {
        await anew();
        version = now.version;
      }
      for (const e of root.querySelectorAll<HTMLElement>("[data-hall]")) {
        const text = now.texts[e.dataset["hall"] ?? ""];
        if (text !== undefined && e.textContent !== text) e.textContent = text;
      }
      failed = 0;
    } catch {
      failed += 1;
    }
    // What stands there is old by now: say so.
    if (lost) lost.hidden = failed < 3;
    setTimeout(() => void look(), Math.min(EVERY_MS * (failed + 1), LONGEST_PAUSE_MS) * (0.9 + Math.random() / 5));
  };
  void look();

  const full = root.querySelector<HTMLButtonElement>("[data-hall-full]");
  if (full && document.documentElement.requestFullscreen) {
    full.hidden = false;
    full.addEventListener("click", () => void document.documentElement.requestFullscreen().catch(() => undefined));
    document.addEventListener("fullscreenchange", () => (full.hidden = document.fullscreenElement !== null));
  }
}
