// Answers for the office's pages while there is no network, and sends what is kept when it returns.
// Nothing that was posted is kept here, and nothing of one person is shown to another.
import { send } from "./send";
import { ASSETS, claim, isUnknown, keyOf, owner, PAGES, signedIn } from "./store";

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Syncing extends Extendable {
  readonly tag: string;
}
interface Told extends Extendable {
  /** Pages to be kept ahead of being opened, and pages whose content has changed. */
  readonly data: { lang: string; program: string; pages: string[] };
}
interface Worker {
  addEventListener(name: "install" | "activate", work: (event: Extendable) => void): void;
  addEventListener(name: "fetch", work: (event: Fetching) => void): void;
  addEventListener(name: "sync", work: (event: Syncing) => void): void;
  addEventListener(name: "message", work: (event: Told) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
const worker = self as unknown as Worker;

const STAND_IN = "/office/offline";
/** The mark of the first page after somebody signed in. */
const SIGNED_IN = "signed-in";
/** Pages of these rooms are kept when they are opened; others when they have a form that works without a network. */
const KEPT = /^\/office\/readiness\/stations\//;
const FORM = /<form[^>]*\sdata-offline="/;
const PATIENCE_MS = 8_000;
const PAGES_MAX = 60;
/** Pages kept ahead for one page that was opened. */
const AHEAD_MAX = 40;
const PAGE_MAX_CHARS = 400_000;

/** A copy that remembers when it was fetched. */
async function copy(answer: Response, lang = ""): Promise<Response> {
  const headers = new Headers({
    "content-type": answer.headers.get("content-type") ?? "text/html; charset=utf-8",
    "content-security-policy": answer.headers.get("content-security-policy") ?? "default-src 'none'",
    "x-kept-at": new Date().toISOString(),
    "x-program": answer.headers.get("tandau-program") ?? "",
    "x-lang": lang,
  });
  return new Response(await answer.text(), { headers });
}

/** Whether this answer is the page itself, and of somebody who is signed in. */
const isPage = (answer: Response): boolean => answer.ok && !answer.redirected && answer.type === "basic" && answer.headers.has("tandau-person");

async function keep(url: string, answer: Response): Promise<void> {
  // "Done" would be said again whenever the page is opened.
  if (!isPage(answer) || new URL(url).searchParams.has("done")) return;
  const page = await copy(answer);
  const text = await page.clone().text();
  if (text.length > PAGE_MAX_CHARS || (!KEPT.test(new URL(url).pathname) && !FORM.test(text))) return;
  const cache = await caches.open(PAGES);
  const key = keyOf(url);
  // Anew, so that the oldest is the first.
  await cache.delete(key);
  await cache.put(key, page);
  const all = await cache.keys();
  const old = all.filter((r) => new URL(r.url).pathname !== STAND_IN).slice(0, -PAGES_MAX);
  await Promise.all(old.map((r) => cache.delete(r)));
}

/** The page that stands in, and what it is made of. */
async function prepare(lang: string, program: string): Promise<void> {
  const cache = await caches.open(PAGES);
  const before = await cache.match(STAND_IN);
  if (before && (!lang || before.headers.get("x-lang") === lang) && (!program || before.headers.get("x-program") === program)) return;
  const answer = await fetch(STAND_IN, { credentials: "same-origin" });
  if (!isPage(answer)) return;
  const page = await copy(answer, lang);
  const parts = (await page.clone().text()).match(/\/assets\/[^"]+/g) ?? [];
  await cache.put(STAND_IN, page);
  await Promise.all([...new Set(parts)].map((part) => asset(new Request(part)).catch(() => undefined)));
}

/** Addresses of assets change with their content, so what is kept is right. */
async function asset(request: Request): Promise<Response> {
  const cache = await caches.open(ASSETS);
  const known = await cache.match(request);
  if (known) return known;
  let answer: Response;
  try {
    answer = await fetch(request);
  } catch (problem) {
    // A page of an older program works with the newer script: without any, what is typed would not be kept.
    const near = await cache.match(request, { ignoreSearch: true });
    if (near) return near;
    throw problem;
  }
  if (answer.ok) {
    for (const old of await cache.keys()) {
      if (new URL(old.url).pathname === new URL(request.url).pathname) await cache.delete(old);
    }
    await cache.put(request, answer.clone());
  }
  return answer;
}

/** Fetches pages and keeps them, one after the other; ends with the first that the network doesn't give. */
async function fetchAll(urls: string[]): Promise<void> {
  const cache = await caches.open(PAGES);
  for (const url of urls) {
    const at = new URL(url, location.href);
    if (at.origin !== location.origin || !/^\/office\//.test(at.pathname)) continue;
    const answer = await fetch(at.href, { credentials: "same-origin" });
    if (answer.status >= 500 || answer.status === 429) return;
    const person = answer.headers.get("tandau-person");
    // Somebody else has signed in meanwhile: their next page deletes what is here.
    if (person && person !== (await owner())) return;
    if (isPage(answer)) await keep(at.href, answer);
    // Not this person's any more, or gone.
    else await cache.delete(keyOf(at.href));
    new BroadcastChannel("tandau").postMessage("kept");
  }
}

let renewing = false;

/** A newer program is there: pages that the older one made are fetched anew, so that none of its forms stays here. */
async function renew(program: string): Promise<void> {
  if (renewing) return;
  renewing = true;
  try {
    const cache = await caches.open(PAGES);
    const old: string[] = [];
    for (const request of await cache.keys()) {
      const page = await cache.match(request);
      const own = new URL(request.url).pathname === STAND_IN;
      if (!own && page && page.headers.get("x-program") !== program) old.push(request.url);
    }
    await fetchAll(old);
  } finally {
    renewing = false;
  }
}

/** The kept page of this address; another part of the same page is another page. */
async function find(url: string): Promise<Response | undefined> {
  const cache = await caches.open(PAGES);
  const exact = await cache.match(keyOf(url));
  if (exact) return exact;
  const wanted = new URL(url);
  for (const request of await cache.keys()) {
    const known = new URL(request.url);
    const part = (at: URL): string => at.searchParams.get("section") ?? "";
    if (known.pathname === wanted.pathname && part(known) === part(wanted)) return cache.match(request);
  }
  return undefined;
}

/** The page as it was, with the mark from which it tells its reader so; none while it may be another person's. */
async function asKept(url: string): Promise<Response | undefined> {
  if (await isUnknown()) return undefined;
  const page = await find(url);
  if (!page) return undefined;
  const at = page.headers.get("x-kept-at") ?? "";
  const text = (await page.text()).replace("<html ", `<html data-kept-at="${at}" `);
  return new Response(text, { headers: page.headers });
}

async function fromNetwork(event: Fetching): Promise<Response> {
  const answer = await fetch(event.request);
  const person = answer.headers.get("tandau-person");
  // Before anything is shown: what a former person left is deleted.
  if (person) await claim(person).catch(() => false);
  const kept = answer.clone();
  const program = answer.headers.get("tandau-program");
  const after = async (): Promise<void> => {
    await keep(event.request.url, kept);
    if (program) await renew(program);
  };
  event.waitUntil(after().catch(() => undefined));
  return answer;
}

async function page(event: Fetching): Promise<Response> {
  const { url } = event.request;
  // Whoever signed in may not be the one whose pages are kept here: until that is known, none is shown.
  if (new URL(url).searchParams.has(SIGNED_IN)) await signedIn().catch(() => undefined);
  const kept = await asKept(url).catch(() => undefined);
  const network = fromNetwork(event);
  try {
    if (!kept) return await network;
    const tired = new Promise<Response>((give) => setTimeout(() => give(kept), PATIENCE_MS));
    const answer = await Promise.race([network, tired]);
    // The proxy answers, and the service behind it does not.
    return answer.status >= 502 && answer.status <= 504 ? kept : answer;
  } catch (problem) {
    const instead = kept ?? (await asKept(new URL(STAND_IN, url).href).catch(() => undefined));
    if (instead) return instead;
    throw problem;
  }
}

worker.addEventListener("install", (event) => {
  event.waitUntil(Promise.all([worker.skipWaiting(), prepare("", "").catch(() => undefined)]));
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(asset(request));
  else if (request.mode === "navigate" && /^\/office(\/|$)/.test(url.pathname)) event.respondWith(page(event));
});

worker.addEventListener("sync", (event) => {
  if (event.tag !== "tandau-send") return;
  const others = new BroadcastChannel("tandau");
  const work = send(() => others.postMessage("changed")).then((round) => {
    others.postMessage("changed");
    // The browser tries again.
    if (round.stop === "offline" || round.stop === "trying") throw new Error(round.stop);
  });
  event.waitUntil(work);
});

worker.addEventListener("message", (event) => {
  const { lang, program, pages } = event.data;
  const ahead = async (): Promise<void> => {
    await prepare(lang, program);
    await fetchAll(pages.slice(0, AHEAD_MAX));
  };
  event.waitUntil(ahead().catch(() => undefined));
});
