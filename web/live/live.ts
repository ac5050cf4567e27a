// Keeps a page current. Everything here is an addition: without it the page is right as of its own "as of" line.
//
// `<body data-live="URL">`, or any element with `data-live-topic="URL"`, names a stream of server-sent events.
// On an event this page is fetched again and each `data-live-part="id"` is replaced by its new self.
import { startHall } from "../hall/screen";
import { startChecks } from "./checks";
import { startSums } from "./sums";

const QUIET_MS = 400; // events that arrive together cost one fetch
const SPREAD_MS = 1_600; // and not everybody fetches at the same moment
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

let refreshing = false;
let again = false;
let said = "";

const parts = (root: ParentNode): HTMLElement[] => [...root.querySelectorAll<HTMLElement>("[data-live-part]")];

/** The text that a screen reader hears when it has changed. */
const announcement = (root: ParentNode): string =>
  [...root.querySelectorAll("[data-live-announce]")].map((e) => (e.textContent ?? "").replace(/[ \t\r\n]+/g, " ").trim()).join(". ");

/** Puts the focus back on the element that stands where the focused one stood. */
function refocus(part: HTMLElement, id: string, href: string | null): void {
  const target =
    (id && document.getElementById(id)) ||
    (href !== null && [...part.querySelectorAll("a")].find((a) => a.getAttribute("href") === href));
  if (target) target.focus({ preventScroll: true });
}

/** A part in which somebody is typing is left alone. */
const isBusy = (part: HTMLElement): boolean => {
  const active = document.activeElement;
  return part.contains(active) && /^(INPUT|SELECT|TEXTAREA)$/.test(active?.tagName ?? "");
};

function swap(part: HTMLElement, next: HTMLElement): void {
  if (part.innerHTML === next.innerHTML || isBusy(part)) return;
  const active = part.contains(document.activeElement) ? document.activeElement : null;
  const opened = [...part.querySelectorAll("details")].map((d) => d.open);
  part.replaceChildren(...[...next.childNodes].map((n) => document.importNode(n, true)));
  part.querySelectorAll("details").forEach((d, i) => (d.open = opened[i] ?? d.open));
  if (active) refocus(part, active.id, active.getAttribute("href"));
}

async function refresh(): Promise<void> {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = new Map(parts(page).map((p) => [p.dataset["livePart"], p]));
    for (const part of parts(document)) {
      const next = fresh.get(part.dataset["livePart"]);
      if (next) swap(part, next);
    }
    const text = announcement(page);
    const status = document.querySelector("[data-live-status]");
    if (status && text && text !== said) status.textContent = said = text;
  } catch {
    // Offline for a moment: the next event, or the reconnection, tries again.
  } finally {
    refreshing = false;
    if (again) {
      again = false;
      soon();
    }
  }
}

let timer = 0;
function soon(): void {
  // What comes while a fetch is planned is in it.
  if (timer) return;
  timer = window.setTimeout(() => {
    timer = 0;
    void refresh();
  }, QUIET_MS + Math.random() * SPREAD_MS);
}

/** Listens to one stream; closed while the page is hidden, reopened with growing pauses after an error. */
function listen(url: string): void {
  let source: EventSource | null = null;
  let wait = FIRST_WAIT_MS;
  let retry = 0;
  let missed = false;

  const close = (): void => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const open = (): void => {
    close();
    source = new EventSource(url);
    source.onopen = () => {
      wait = FIRST_WAIT_MS;
      if (missed) soon();
      missed = false;
    };
    source.onmessage = soon;
    source.addEventListener("change", soon);
    source.onerror = () => {
      close();
      missed = true;
      // Spread out, so that a restarted server does not meet everybody at once.
      retry = window.setTimeout(open, wait * (0.5 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      close();
      missed = true;
    } else if (!source) {
      open();
    }
  });
  window.addEventListener("pagehide", close);
  if (document.hidden) missed = true;
  else open();
}

function startLive(): void {
  const urls = new Set<string>();
  const own = document.body.dataset["live"];
  if (own) urls.add(own);
  for (const e of document.querySelectorAll<HTMLElement>("[data-live-topic]")) {
    const url = e.dataset["liveTopic"];
    if (url) urls.add(url);
  }
  if (urls.size === 0 || !("EventSource" in window)) return;
  said = announcement(document);
  urls.forEach(listen);
}

startLive();
startSums();
startChecks();
startHall();
