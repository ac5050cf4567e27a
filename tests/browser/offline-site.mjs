// A small site with one form that works without a network, and an inbox that can be told to fail: it cuts connections,
// answers late or not at all, forgets sessions. It takes an envelope once, as the real one does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DIST = join(ROOT, "web", "dist");
const TYPES = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".png": "image/png" };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The panel's texts as the server gives them: names from texts.rs, sentences from the messages. */
export function textsOf(lang) {
  const read = (file) => readFileSync(join(ROOT, file), "utf8");
  const messages = new Map(
    [...(read(`locales/${lang}/offline.ftl`) + read(`locales/${lang}/shell.ftl`)).matchAll(/^([a-z-]+) = (.*)$/gm)].map(
      ([, key, text]) => [key, text.replace(/\{ \$(\w+) \}/g, "{$1}")],
    ),
  );
  const names = read("crates/tandau/src/platform/inbox/texts.rs").matchAll(/"(\w+)": t\.(\w+)\(/g);
  return Object.fromEntries([...names].map(([, name, method]) => [name, messages.get(method.replaceAll("_", "-")) ?? `?${method}`]));
}

export const texts = textsOf("en");
export const starts = (name) => texts[name].split("{")[0].trim();

/** The worker is in charge and has kept the page. */
export async function isKept(page, path) {
  const kept = (p) => page.evaluate(async (at) => navigator.serviceWorker.controller !== null && (await caches.match(at)) !== undefined, p);
  await soon(() => kept(path), `${path} is kept`);
}

/** The panel says this soon. */
export async function says(page, text) {
  await page.waitForFunction((t) => document.querySelector("[data-offline-panel]")?.textContent.includes(t), text, { timeout: 20_000 }).catch(async () => {
    assert.fail(`“${text}” is not in: ${await page.locator("[data-offline-panel]").textContent()}`);
  });
}

export async function soon(test, what, ms = 20_000) {
  for (const until = Date.now() + ms; Date.now() < until; ) {
    if (await test()) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  assert.fail(what);
}

export const online = (page) => page.evaluate(() => window.dispatchEvent(new Event("online")));

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

function page(site, title, content) {
  const panel = site.person
    ? `<div class="tandau-offline" role="status" aria-live="polite" tabindex="-1" data-offline-panel="${escape(JSON.stringify(textsOf(site.lang)))}" data-person="${site.person}" hidden></div>
       <form method="post" action="/sign-out"><input type="hidden" name="csrf" value="t"><button type="submit" id="out">Sign out</button></form>`
    : "";
  const script = site.person ? '<script type="module" src="/assets/offline.js?v=1"></script>' : "";
  return `<!DOCTYPE html>
<html class="govuk-template" lang="${site.lang}" data-program="${site.program}"><head><meta charset="utf-8"><title>${title} – Tandau</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/assets/icon.svg?v=1">
<link rel="stylesheet" href="/assets/app.css?v=1">${script}</head>
<body class="govuk-template__body"><main class="tandau-main" id="main-content"><h1 class="govuk-heading-l">${title}</h1>${panel}${content}</main></body></html>`;
}

const form = (site) => `<form method="post" action="/office/readiness/stations/1" enctype="multipart/form-data" data-offline="test.note" data-offline-version="${site.version}" novalidate>
<input type="hidden" name="csrf" value="t"><input type="hidden" name="envelope" value="11111111-1111-4111-8111-111111111111">
<input type="hidden" name="base.heat" value="${site.heat.base}" data-seen="heat">
<div class="govuk-form-group"><label class="govuk-label" for="text">Text</label><input class="govuk-input" id="text" name="text" value="${site.heat.text}"></div>
<div class="govuk-form-group"><fieldset class="govuk-fieldset"><legend>Heating</legend><div class="govuk-radios">
<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="heat" name="answer.heat" value="yes"${site.heat.value === "yes" ? " checked" : ""}><label class="govuk-label govuk-radios__label" for="heat">Yes</label></div>
<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="heat-2" name="answer.heat" value="no"${site.heat.value === "no" ? " checked" : ""}><label class="govuk-label govuk-radios__label" for="heat-2">No</label></div>
</div></fieldset></div>
<div class="govuk-form-group"><label class="govuk-label" for="photo.a">Photo</label><input class="govuk-file-upload" type="file" id="photo.a" name="photo.a" accept="image/*"></div>
<button class="govuk-button" type="submit" id="send">Send</button></form>`;

/** `site.inbox(request, answer, body, go)` may do something else than `go()`, which takes what came and answers. */
export async function startOfflineSite() {
  const site = {
    person: "anna", lang: "en", signedIn: true, program: "one", version: "3", taken: [], known: new Map(), photos: new Map(), posts: [], hellos: 0, requests: 0,
    check: () => null,
    heat: { base: 1, value: "", text: "" },
    inbox: (_kind, _request, _answer, go) => go(),
  };
  const take = (e, skew) => {
    const problems = site.check(e);
    if (problems) return { id: e.id, ...problems };
    const missing = Object.values(e.files).flat().filter((id) => !site.photos.has(id));
    if (missing.length > 0) return { id: e.id, state: "later", missing };
    if (e.person !== site.person) return { id: e.id, state: "refused", message: "another person" };
    const body = JSON.stringify([e.kind, e.fields, e.files]);
    if (site.known.has(e.id) && site.known.get(e.id) !== body) return { id: e.id, state: "refused", message: "another body" };
    if (!site.known.has(e.id)) site.taken.push({ ...e, made: Date.parse(e.made_at) + skew });
    site.known.set(e.id, body);
    return { id: e.id, state: "taken", taken: { state: "taken", message: `Noted: ${e.fields.text}`, href: "/office/test" } };
  };
  const server = createServer(async (request, answer) => {
    const url = new URL(request.url, "http://localhost");
    const path = normalize(url.pathname);
    const send = (status, type, body, headers = {}) => {
      const who = site.person && site.signedIn && path.startsWith("/office") ? { "tandau-person": site.person, "tandau-program": site.program, "cache-control": "no-store" } : {};
      answer.writeHead(status, { "content-type": type, "content-security-policy": POLICY, ...who, ...headers });
      answer.end(body);
    };
    const json = (status, value, headers) => send(status, "application/json", JSON.stringify(value), headers);
    const html = (title, content) => send(200, "text/html; charset=utf-8", page(site, title, content));
    if (path.startsWith("/assets/")) {
      const name = path.slice("/assets/".length);
      return send(200, TYPES[extname(name)] ?? "application/octet-stream", readFileSync(join(DIST, name)));
    }
    if (path === "/office/worker.js") {
      return send(200, "text/javascript", readFileSync(join(DIST, "worker.js")), { "service-worker-allowed": "/office", "cache-control": "no-cache" });
    }
    if (path.startsWith("/office/inbox")) {
      site.requests += 1;
      const kind = path.slice("/office/inbox".length) || "/post";
      const chunks = [];
      const whole = new Promise((done) => request.on("end", () => done(Buffer.concat(chunks))).on("data", (c) => chunks.push(c)).on("error", () => done(null)));
      const go = async () => {
        const body = await whole;
        if (!body) return;
        if (!site.signedIn) return json(401, { detail: "sign in" });
        if (kind === "/hello") {
          site.hellos += 1;
          return json(200, { person: site.person, office: "precinct.secretary", csrf: "token", now: new Date().toISOString(), forms: { "test.note": `2\n${site.version}` } });
        }
        if (request.headers["x-csrf-token"] !== "token") return json(403, {});
        if (kind === "/files") {
          site.photos.set(request.headers["x-file-id"], body);
          return json(200, { id: request.headers["x-file-id"] });
        }
        const post = JSON.parse(body.toString("utf8"));
        site.posts.push(post);
        const skew = Date.now() - Date.parse(post.sent_at);
        return json(200, { answers: post.envelopes.map((e) => take(e, skew)) });
      };
      return site.inbox(kind, request, answer, go);
    }
    if (path === "/sign-out") {
      site.person = "";
      return send(303, "text/plain", "", { location: "/", "clear-site-data": '"cache", "storage"' });
    }
    if (path === "/sign-in" && request.method === "POST") {
      Object.assign(site, { person: site.next ?? site.person, signedIn: true });
      return send(303, "text/plain", "", { location: "/office/readiness/stations/1?signed-in=1" });
    }
    if (path === "/sign-in") return html("Sign in", '<form method="post" action="/sign-in"><button type="submit" id="in">Sign in</button></form>');
    if (site.slow && path.startsWith("/office/readiness")) await site.slow;
    if (request.method === "POST") {
      const chunks = [];
      for await (const c of request) chunks.push(c);
      site.plain = Buffer.concat(chunks).toString("latin1");
      return send(303, "text/plain", "", { location: "/office/test?posted" });
    }
    if (path.startsWith("/office") && !site.signedIn) return send(303, "text/plain", "", { location: "/sign-in" });
    if (site.down) return send(502, "text/html", "Bad gateway");
    if (path === "/office/offline") return html("Without a network", "<ul data-offline-pages></ul>");
    if (path === "/office/readiness/stations/1") return html("Station 1", form(site));
    if (path === "/office/readiness/stations/2") {
      const part = url.searchParams.get("section");
      if (part) return html(`Section ${part}, program ${site.program}`, form(site));
      const links = ["a", "b", "c"].map((p) => `<li><div><a href="/office/readiness/stations/2?section=${p}" data-offline-keep>${p}</a></div></li>`);
      return html("Station 2", `<ul>${links.join("")}</ul>`);
    }
    return html(path === "/" ? "Home" : "Office", "<p>A page.</p>");
  });
  const port = await new Promise((done) => server.listen(0, "127.0.0.1", () => done(server.address().port)));
  site.url = `http://127.0.0.1:${port}`;
  site.reset = () => Object.assign(site, { slow: null, next: null, inbox: (_k, _r, _a, go) => go(), check: () => null, signedIn: true, person: "anna", program: "one", version: "3", heat: { base: 1, value: "", text: "" } });
  site.close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return site;
}

/** Everything that is in the store on this phone. */
export const stored = (page) =>
  page.evaluate(async () => {
    if (!(await indexedDB.databases()).some((d) => d.name === "tandau")) return { envelopes: 0, drafts: 0, pages: 0 };
    const db = await new Promise((done) => (indexedDB.open("tandau").onsuccess = (e) => done(e.target.result)));
    const count = (name) =>
      new Promise((done) => (db.transaction(name).objectStore(name).count().onsuccess = (e) => done(e.target.result)));
    const counts = { envelopes: await count("envelopes"), drafts: await count("drafts"), pages: (await (await caches.open("tandau-pages")).keys()).length };
    db.close();
    return counts;
  });

/** Whether this browser has no room left; it remembers for a while that it had some. */
export async function isFull() {
  const db = await new Promise((done) => {
    const request = indexedDB.open("probe", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("bytes", { autoIncrement: true });
    request.onsuccess = () => done(request.result);
  });
  const tx = db.transaction("bytes", "readwrite");
  tx.objectStore("bytes").put(new Uint8Array(10_000));
  const full = await new Promise((done) => {
    tx.oncomplete = () => done(false);
    tx.onabort = () => done(true);
  });
  db.close();
  if (!full) await new Promise((next) => setTimeout(next, 1000));
  return full;
}

/** Width and height of a JPEG. */
export function sizeOf(jpeg) {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    if ([0xc0, 0xc1, 0xc2].includes(jpeg[at + 1])) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
  }
  return assert.fail("no size in the JPEG");
}
