// What every browser test needs: one chromium, a fresh page per look, and the checks themselves.
import { randomBytes } from "node:crypto";
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { deflateSync } from "node:zlib";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const CODE = "code, pre, kbd, samp, script, style, textarea, .tandau-code";

/** What is looked at, and how. */
export const list = JSON.parse(readFileSync(new URL("pages.json", import.meta.url), "utf8"));
/** The site of the day after voting. */
export const base = process.env.TANDAU_URL;
/** Pages looked at in parallel. */
export const SIDE_BY_SIDE = Number(process.env.SIDE_BY_SIDE ?? 3);

let browser;

/** The system's chromium; CHROMIUM names another one. */
export function findChromium() {
  const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = places.find((p) => p && existsSync(p));
  if (!found) throw new Error("no chromium found: apt-get install chromium, or set CHROMIUM to its path");
  return found;
}

export async function closeBrowser() {
  await (await browser)?.close();
  browser = undefined;
}

/** A page of its own context. What the browser complains about (policy violations too) gathers in `page.complaints`. */
export async function newPage({ width = 1280, height, dark = false, scale = 1, motion = "reduce", forcedColors = "none", site = base } = {}) {
  browser ??= chromium.launch({ executablePath: findChromium(), args: FLAGS });
  const context = await (await browser).newContext({
    baseURL: site,
    viewport: { width, height: height ?? (width < 600 ? 844 : 900) },
    deviceScaleFactor: scale,
    colorScheme: dark ? "dark" : "light",
    reducedMotion: motion,
    forcedColors,
  });
  const page = await context.newPage();
  page.site = site;
  page.complaints = [];
  page.on("console", (m) => m.type() === "error" && page.complaints.push(`${page.url()}: ${m.text()}`));
  page.on("pageerror", (e) => page.complaints.push(`${page.url()}: ${e}`));
  return page;
}

/** Opens `path` of the page's site (or a whole address) in a language, and returns the answer. */
export async function open(page, path, { lang, width, dark } = {}) {
  const url = new URL(path, page.site);
  if (lang) url.searchParams.set("lang", lang);
  if (width) await page.setViewportSize({ width, height: page.viewportSize()?.height ?? 900 });
  if (dark !== undefined) await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  // A live page keeps its stream open, so "load" is as quiet as it gets.
  const answer = await page.goto(url.href, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  return answer;
}

/** Signs in as one of the people of first steps, and returns the path this leads to. */
export async function become(page, login, { keyboard = false } = {}) {
  await open(page, "/first-steps", { lang: "en" });
  const button = `form[action='/first-steps/${login}'] button`;
  if (keyboard) await keyboardReach(page, button);
  const press = () => (keyboard ? page.keyboard.press("Enter") : page.click(button));
  const [answer] = await Promise.all([page.waitForNavigation({ waitUntil: "load" }), press()]);
  assert.equal(answer?.status(), 200, `${login} → ${page.url()}`);
  const { pathname, searchParams } = new URL(page.url());
  assert.ok(pathname.startsWith("/office") || pathname === "/downloads", `${login} is signed in: ${pathname}`);
  searchParams.delete("signed-in");
  return pathname + (searchParams.size > 0 ? `?${searchParams}` : "");
}

/** The page's session, for requests without a browser. */
export async function cookieOf(page) {
  return (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
}

/** The page's address of "home", "contest" or "station" (No. 448, Aktogay) on a site. */
export async function findFirst(site, name) {
  if (name === "home") return "/";
  const id = (await (await fetch(new URL("/api/v1/elections", site))).json()).elections[0].id;
  return name === "contest" ? `/elections/${id}/contests/353600000` : `/elections/${id}/stations/448`;
}

/** It reads as a page of this language should. */
export async function reads(page, lang) {
  assert.equal(await page.locator("html").getAttribute("lang"), lang, page.url());
  assert.equal(await page.locator("h1").count(), 1, `one h1: ${page.url()}`);
  assert.ok((await page.title()).trim().length > 3, "a title");
  assert.deepEqual(await untranslated(page), [], page.url());
}

/** Nothing sticks out in any of these widths; half a window is what a reader gets who zooms to 200 %. */
export async function fits(page, widths, look = () => {}) {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
    await noSidewaysScroll(page);
    await look(width);
  }
}

/** No violation of WCAG 2.2 A and AA that axe can see. */
export async function axe(page, { width, dark } = {}) {
  if (width) await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
  if (dark !== undefined) await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const said = violations.map(
    (v) => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 5).map((n) => `    ${n.target.join(" ")}: ${n.failureSummary}`).join("\n"),
  );
  assert.equal(violations.length, 0, `${page.url()}\n  ${said.join("\n  ")}`);
}

/** The page itself never scrolls sideways, and nothing that carries text sticks out of it. */
export async function noSidewaysScroll(page) {
  const { over, culprits } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1);
    return {
      over: document.documentElement.scrollWidth - width,
      culprits: out.slice(0, 5).map((e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""}`),
    };
  });
  assert.ok(over <= 0, `${page.url()} is ${over} px too wide at ${page.viewportSize()?.width}: ${culprits.join(", ")}`);
}

/** Reaches `selector` with the Tab key alone, sees that focus shows, and returns how many presses it took. */
export async function keyboardReach(page, selector, limit = 200) {
  for (let presses = 1; presses <= limit; presses += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate((s) => {
      const e = document.activeElement;
      if (!e?.matches(s)) return null;
      const style = getComputedStyle(e);
      return style.outlineStyle !== "none" || style.boxShadow !== "none";
    }, selector);
    if (at === null) continue;
    assert.ok(at, `${selector} has the focus but does not show it`);
    return presses;
  }
  return assert.fail(`${selector} can't be reached with ${limit} presses of Tab at ${page.url()}`);
}

/** Texts that look like a message's key or an unfilled variable instead of a sentence. */
export async function untranslated(page) {
  return page.evaluate((code) => {
    const found = [];
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const text = n.textContent.trim();
      if (!text || n.parentElement?.closest(code)) continue;
      if (/^[a-z]+(-[a-z0-9]+)+$/.test(text) || /\{\s*\$|\{\{|%\{/.test(text)) found.push(text.slice(0, 80));
    }
    return found;
  }, CODE);
}

const fileOf = (name, kind) => join(process.env.TANDAU_SHOTS, `${name.replace(/[^\w.-]+/g, "_")}.${kind}`);

/** A picture of the whole page, if TANDAU_SHOTS names a folder for them. */
export async function shot(page, name) {
  if (!process.env.TANDAU_SHOTS) return;
  mkdirSync(process.env.TANDAU_SHOTS, { recursive: true });
  await page.screenshot({ path: fileOf(name, "png"), fullPage: true });
}

/** A printed page, if TANDAU_SHOTS names a folder. */
export function savePdf(bytes, name) {
  if (!process.env.TANDAU_SHOTS) return;
  mkdirSync(process.env.TANDAU_SHOTS, { recursive: true });
  writeFileSync(fileOf(name, "pdf"), bytes);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** A PNG of noise, which can't be packed. */
export function picture(width, height) {
  const lines = randomBytes(height * (width * 3 + 1));
  for (let y = 0; y < height; y += 1) lines[y * (width * 3 + 1)] = 0;
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(lines, { level: 1 })), chunk("IEND", Buffer.alloc(0))]);
}
