// What every browser test needs: one chromium, a fresh page per look, and the checks themselves.
import assert from "node:assert/strict";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";

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

let browser;

/** The system's chromium; CHROMIUM names another one. */
export function findChromium() {
  const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = places.find((p) => p && existsSync(p));
  if (!found) throw new Error("no chromium found: apt-get install chromium, or set CHROMIUM to its path");
  return found;
}

export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

/** A page of its own context. What the browser complains about (policy violations too) gathers in `page.complaints`. */
export async function newPage({ width = 1280, height, dark = false, scale = 1, motion = "reduce" } = {}) {
  browser ??= await chromium.launch({ executablePath: findChromium(), args: FLAGS });
  const context = await browser.newContext({
    viewport: { width, height: height ?? (width < 600 ? 844 : 900) },
    deviceScaleFactor: scale,
    colorScheme: dark ? "dark" : "light",
    reducedMotion: motion,
  });
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (m) => m.type() === "error" && page.complaints.push(m.text()));
  page.on("pageerror", (e) => page.complaints.push(String(e)));
  return page;
}

/** Opens `path` of the site (or a whole address) in a language, and returns the answer. */
export async function open(page, path, { lang, width, dark } = {}) {
  const url = new URL(path, process.env.TANDAU_URL);
  if (lang) url.searchParams.set("lang", lang);
  if (width) await page.setViewportSize({ width, height: page.viewportSize()?.height ?? 900 });
  if (dark !== undefined) await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  // A live page keeps its stream open, so "load" is as quiet as it gets.
  const answer = await page.goto(url.href, { waitUntil: "load" });
  await page.evaluate(() => document.fonts.ready);
  return answer;
}

/** No violation of WCAG 2.2 A and AA that axe can see. */
export async function axe(page) {
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
  assert.ok(over <= 0, `${page.url()} is ${over} px too wide: ${culprits.join(", ")}`);
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

/** A picture of the whole page, if TANDAU_SHOTS names a folder for them. */
export async function shot(page, name) {
  const folder = process.env.TANDAU_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replace(/[^\w.-]+/g, "_")}.png`), fullPage: true });
}
