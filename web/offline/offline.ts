// Working without a network, for whoever is signed in. Everything here is an addition: without it forms are posted as
// forms are.
import { enhance } from "./form";
import { Panel } from "./panel";
import { send } from "./send";
import { claim, envelopes, keyOf, owner, PAGES, wipe, works } from "./store";

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;
const BUSY_WAIT_MS = 5_000;

/** Why this browser can't work without a network; empty when it can. */
async function obstacle(): Promise<"" | "insecure" | "noWorker" | "noStorage"> {
  if (!isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator) || !("caches" in window)) return "noWorker";
  if (!("indexedDB" in window) || !(await works())) return "noStorage";
  try {
    await navigator.serviceWorker.register("/office/worker.js", { scope: "/office" });
  } catch {
    // Without a network the worker that is there goes on.
    if (!(await navigator.serviceWorker.getRegistration("/office"))) return "noWorker";
  }
  return "";
}

async function start(root: HTMLElement): Promise<void> {
  const person = root.dataset["person"] ?? "";
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-offline]")];
  const panel = new Panel(root, forms.length > 0);
  // Pages that belong to this one and should open without a network too.
  const ahead = [...document.querySelectorAll<HTMLAnchorElement>("a[data-offline-keep]")];
  const controlled = "serviceWorker" in navigator && navigator.serviceWorker.controller !== null;
  panel.impossible = await obstacle();
  if (panel.impossible) return panel.show();
  panel.keptAt = document.documentElement.dataset["keptAt"] ?? "";
  // A page that comes from this phone says nothing about who is signed in now.
  if (panel.keptAt ? (await owner()) !== person : false) {
    panel.stopped = "other";
    return panel.show();
  }
  if (!panel.keptAt) await claim(person);

  const others = new BroadcastChannel("tandau");
  let wait = FIRST_WAIT_MS;
  let timer = 0;
  const refresh = async (): Promise<void> => {
    if ((await envelopes()).some((e) => e.state === "mend")) panel.onMend();
    await markKept(ahead, panel);
    await panel.show();
  };
  const keepPages = (pages: string[]): void => {
    const { lang, dataset } = document.documentElement;
    void navigator.serviceWorker.ready.then((worker) => {
      worker.active?.postMessage({ lang, program: dataset["program"] ?? "", pages: [...new Set(pages)] });
    });
  };
  const changed = (): void => {
    others.postMessage("changed");
    void refresh();
  };
  others.onmessage = () => void refresh();

  const later = (ms: number): void => {
    clearTimeout(timer);
    // Spread out, so that a restarted server does not meet everybody at once.
    timer = window.setTimeout(() => void now(), ms * (0.75 + Math.random() / 2));
  };
  const now = async (): Promise<void> => {
    clearTimeout(timer);
    if (panel.sending || !(await envelopes()).some((e) => e.state === "waiting")) return;
    panel.sending = true;
    await panel.show();
    const before = await envelopes();
    const round = await send(changed);
    panel.sending = false;
    panel.stop = round.stop === "busy" ? panel.stop : round.stop;
    panel.newer = forms.some((f) => {
      const [ours, theirs] = [f.dataset["offlineVersion"], round.forms[f.dataset["offline"] ?? ""]];
      return Boolean(ours && theirs && !theirs.split("\n").includes(ours));
    });
    changed();
    // A kept page shows what was said before: those whose forms were taken are fetched again.
    const left = new Set((await envelopes()).map((e) => e.seq));
    const stale = before.filter((e) => !left.has(e.seq)).map((e) => e.page);
    if (panel.newer) stale.push(location.href);
    if (stale.length > 0) keepPages(stale);
    // What was added while this round ran.
    const more = (await envelopes()).some((e) => e.state === "waiting");
    if (round.stop === "busy") later(BUSY_WAIT_MS);
    else if (round.stop === "") {
      wait = FIRST_WAIT_MS;
      if (more) later(0);
    } else if (round.stop !== "signIn") {
      later(Math.max(wait, round.wait));
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      await wakeLater();
    }
  };

  for (const form of forms) await enhance(form, { person, panel, send: () => void now() });
  askBeforeSignOut(panel, now);
  await listPages();
  await refresh();
  window.addEventListener("online", () => {
    wait = FIRST_WAIT_MS;
    void now();
  });
  window.addEventListener("offline", () => void refresh());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void now();
  });
  window.addEventListener("pageshow", (event) => {
    // The page as it was before somebody else signed in.
    if (event.persisted) void owner().then((whose) => whose !== person && location.reload());
  });
  // With the page that was there before the worker.
  if (!panel.keptAt) keepPages([...(controlled ? [] : [location.href]), ...ahead.map((a) => a.href)]);
  await now();
}

/** The worker sends when there is a network again, even if no page is open; where the browser can do that. */
async function wakeLater(): Promise<void> {
  try {
    const worker = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } };
    await worker.sync?.register("tandau-send");
  } catch {
    // Not allowed: the next page that is opened sends.
  }
}

/** Nothing stays on the phone after signing out; what was not sent is not lost without a word. */
function askBeforeSignOut(panel: Panel, now: () => Promise<void>): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/sign-out"]')) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void (async () => {
        const left = (await envelopes()).length;
        const answer = left > 0 ? await panel.ask(left) : "outDrop";
        if (answer === "outSend") await now();
        if (answer === "outStay") return;
        if (answer === "outSend" && (await envelopes()).length > 0) return;
        await wipe();
        // Does not come back here.
        form.submit();
      })();
    });
  }
}

/** Says beside each link whether its page opens without a network. */
async function markKept(links: HTMLAnchorElement[], panel: Panel): Promise<void> {
  if (links.length === 0) return;
  const cache = await caches.open(PAGES);
  let kept = 0;
  for (const link of links) {
    const here = (await cache.match(keyOf(link.href))) !== undefined;
    kept += here ? 1 : 0;
    const mark = link.parentElement?.querySelector("[data-offline-here]");
    if (!here) mark?.remove();
    else if (!mark) {
      const said = document.createElement("span");
      said.className = "tandau-offline__here";
      said.dataset["offlineHere"] = "";
      said.textContent = panel.texts["here"] ?? "";
      link.after(" ", said);
    }
  }
  panel.ahead = { kept, all: links.length };
}

/** The pages that open without a network, on the page that stands in for the others. */
async function listPages(): Promise<void> {
  const list = document.querySelector("[data-offline-pages]");
  if (!list) return;
  const cache = await caches.open(PAGES);
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (pathname === "/office/offline") continue;
    const page = new DOMParser().parseFromString((await (await cache.match(request))?.text()) ?? "", "text/html");
    const item = document.createElement("li");
    const a = document.createElement("a");
    a.className = "govuk-link";
    a.href = pathname + search;
    a.textContent = page.title.replace(/ – [^–]*$/, "") || pathname;
    item.append(a);
    list.append(item);
  }
}

const root = document.querySelector<HTMLElement>("[data-offline-panel]");
if (root) void start(root);
