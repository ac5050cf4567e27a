// What walks through training need: people who sign in, sessions planned by hand, the code on the trainer's screen, a test
// answered from the bank of the demo.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { become, keyboardReach, newPage, open } from "./helpers.mjs";

const BANK = new URL("../../demo/kz/questions.csv", import.meta.url);

/** Clicks, and waits for the page that this leads to. */
export async function press(page, target) {
  const button = typeof target === "string" ? page.locator(target).first() : target;
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), button.click()]);
}

/** The act was done: its address says so; otherwise what the page says is wrong. */
export async function done(page, word) {
  if (new URL(page.url()).searchParams.get("done") === word) return;
  const wrong = await page.locator(".govuk-error-summary, .govuk-error-message").allInnerTexts();
  assert.fail(`${word} at ${page.url()}: ${wrong.join(" ") || (await page.locator("h1").allInnerTexts()).join(" ")}`);
}

/** Somebody of first steps, signed in on a screen of their own. */
export async function somebody(site, login, width = 1280) {
  const page = await newPage({ site, width });
  await become(page, login);
  return page;
}

/** The name of whoever has signed in. */
export const nameOf = (page) =>
  page.locator(".tandau-header__person > span").evaluate((span) => span.childNodes[1].textContent.replace(/,\s*$/, "").trim());

/** What the page says, without its navigation. */
export const says = (page) => page.locator("main").innerText().then((text) => text.replace(/\s+/g, " "));

/** Minutes of the demo's day that have passed by its own clock, as its pages show them. */
export async function minuteOf(page) {
  await open(page, "/office", { lang: "en" });
  const [, hour, minute] = /(\d{2}):(\d{2}) \(/.exec(await page.locator(".tandau-demo__clock").innerText());
  return Number(hour) * 60 + Number(minute);
}

/** `605` → `10:05` */
export const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** Ticks the person of this name in a list of a form. */
export const tick = (page, name) => page.locator(".govuk-checkboxes__item", { hasText: name }).locator("input").first().check();

/** Plans a session by hand, by the planner's own area and level; today unless the form says otherwise. Returns its id. */
export async function planByHand(page, { programme, trainer, starts, ends, seats = "60", place }) {
  await open(page, "/office/training/sessions/new", { lang: "en" });
  await page.selectOption("#programme", programme);
  await press(page, "form.tandau-form button[type=submit]");
  await tick(page, trainer);
  await page.fill("#starts", starts);
  await page.fill("#ends", ends);
  await page.fill("#place_ru", place);
  await page.fill("#seats", seats);
  await press(page, "form.tandau-form button[type=submit]");
  await done(page, "training-planned");
  return new URL(page.url()).pathname.split("/").at(-1);
}

/** Invites a commission by the words of its name. */
export async function invite(page, words) {
  const value = await page.locator("#invite_area option").evaluateAll(
    (all, [source, flags]) => all.find((o) => new RegExp(source, flags).test(o.textContent))?.value,
    [words.source, words.flags],
  );
  assert.ok(value, `${words} can be invited`);
  await page.selectOption("#invite_area", value);
  await press(page, 'form[action$="/invite"] button[type=submit]');
  await done(page, "training-saved");
}

/** Moves a session, and says why. */
export async function move(page, session, { day, starts, ends, reason }) {
  await open(page, `/office/training/sessions/${session}/edit`, { lang: "en" });
  if (day) await page.fill("#day", day);
  await page.fill("#starts", starts);
  await page.fill("#ends", ends);
  await page.fill("#reason", reason);
  await press(page, "form.tandau-form button[type=submit]");
  await done(page, "training-saved");
}

/** The code that stands on the trainer's screen. */
export async function codeOn(screen, session) {
  await open(screen, `/office/training/sessions/${session}/screen`, { lang: "en" });
  const shown = await screen.locator(".tandau-hall__count strong").first().innerText();
  const code = shown.replace(/\s/g, "");
  assert.match(code, /^\d{6}$/, `a code stands on the screen: ${await says(screen)}`);
  return code;
}

/** Types a code on a phone that shows the page of a session. */
export async function sendCode(phone, code) {
  await phone.fill("#code", code);
  await phone.click('form[data-offline="training.mark"] button[type=submit]');
}

/** The row of a person in a table. */
export const rowOf = (page, name) => page.locator("tbody tr", { hasText: name });

/** Fields of a table with quotes in it. */
function csv(text) {
  const rows = [[""]];
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const row = rows.at(-1);
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') {
      row[row.length - 1] += '"';
      i += 1;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && c === ",") row.push("");
    else if (!quoted && c === "\n") rows.push([""]);
    else if (quoted || c !== "\r") row[row.length - 1] += c;
  }
  return rows.filter((row) => row.length > 1);
}

const LANGUAGES = ["kk", "ru", "en"];
/** Words as a page shows them. */
const plain = (text) => text.replace(/\s+/g, " ").trim();

/** Options of a cell: key → words by language. */
const optionsOf = (cell) =>
  new Map(
    cell.split("\n").filter(Boolean).map((line) => {
      const [key, ...words] = line.split("|").map((part) => plain(part));
      return [key, Object.fromEntries(LANGUAGES.map((lang, i) => [lang, words[i]]))];
    }),
  );

/** Questions of the demo's bank by their words in each language, with what is right. */
export function bank() {
  const [head, ...rows] = csv(readFileSync(BANK, "utf8"));
  const found = new Map();
  for (const row of rows) {
    const cell = (name) => row[head.indexOf(name)];
    const question = { kind: cell("kind"), options: optionsOf(cell("options")), partners: optionsOf(cell("partners")), answer: cell("answer") };
    for (const lang of LANGUAGES) found.set(`${lang} ${plain(cell(`text_${lang}`))}`, question);
  }
  assert.ok(found.size > 60, "the bank of the demo was read");
  return found;
}

export const bankFile = { name: "questions.csv", mimeType: "text/csv", buffer: readFileSync(BANK) };

/** What this page of a test asks. */
const asked = (page) => page.locator("main form legend").first().innerText().then(plain);

/** Fields of the answer, each with what belongs into it. */
async function wanted(page, questions) {
  const lang = await page.locator("html").getAttribute("lang");
  const text = await asked(page);
  const q = questions.get(`${lang} ${text}`);
  assert.ok(q, `the question is one of the bank: ${text}`);
  const word = (key) => q.options.get(key)[lang];
  const field = (words) => page.locator("main form").getByLabel(words, { exact: true });
  switch (q.kind) {
    case "one":
    case "several":
      return q.answer.split(",").map((key) => ({ field: field(word(key)), tick: true }));
    case "order":
      return q.answer.split(",").map((key, place) => ({ field: field(word(key)), choose: String(place + 1) }));
    case "match":
      return q.answer.split(",").map((pair) => {
        const [key, partner] = pair.split("=");
        return { field: field(word(key)), choose: q.partners.get(partner)[lang] };
      });
    default:
      return q.answer.split(",").map((pair) => {
        const at = pair.lastIndexOf("=");
        return { field: page.locator(`[name="f.${pair.slice(0, at)}"]`), type: pair.slice(at + 1) };
      });
  }
}

/** Fills in the right answer, with a finger or with the keyboard alone; does not send it. */
export async function fillIn(page, questions, { keyboard = false } = {}) {
  const fields = await wanted(page, questions);
  if (keyboard) {
    // From the top down, as Tab goes.
    for (const one of fields) one.at = (await one.field.boundingBox()).y;
    fields.sort((a, b) => a.at - b.at);
  }
  for (const { field, tick: ticks, choose, type } of fields) {
    if (!keyboard) {
      if (ticks) await field.check();
      else if (choose) await field.selectOption({ label: choose });
      else await field.fill(type);
      continue;
    }
    const [id, kind] = await field.evaluate((e) => [e.id, e.type]);
    // Of a group that nobody has touched Tab reaches one; arrows go on.
    const group = kind === "radio" ? 'input[name="answer"]' : `[id="${id}"]`;
    const there = await page.evaluate((s) => document.activeElement?.matches(s), group);
    if (!there) await keyboardReach(page, group);
    if (kind === "radio") {
      await page.keyboard.press("Space");
      for (let n = 0; n < 10 && !(await field.isChecked()); n += 1) await page.keyboard.press("ArrowDown");
    } else if (ticks) {
      if (!(await field.isChecked())) await page.keyboard.press("Space");
    } else if (choose) {
      const chosen = () => field.evaluate((e) => e.selectedOptions[0].textContent.replace(/\s+/g, " ").trim());
      for (let n = 0; n < 12 && (await chosen()) !== choose; n += 1) await page.keyboard.press("ArrowDown");
      assert.equal(await chosen(), choose, "chosen by arrows");
    } else {
      await page.keyboard.type(type);
    }
    if (ticks) assert.ok(await field.isChecked(), "ticked by the keyboard");
  }
}

/** Sends the answer that is filled in, and comes to the next page. */
export async function sendAnswer(page, { keyboard = false } = {}) {
  const button = "main form.tandau-form button[type=submit]";
  if (!keyboard) return press(page, button);
  await keyboardReach(page, button);
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
}

/** Begins the test of a session, or goes on with it. Returns its address. */
export async function begin(page, session, purpose, lang) {
  await open(page, "/training/tests", { lang });
  const form = page.locator("main form", { has: page.locator(`input[name="session"][value="${session}"]`) });
  const own = form.filter({ has: page.locator(`input[name="purpose"][value="${purpose}"]`) });
  await press(page, own.locator("button"));
  const { pathname } = new URL(page.url());
  assert.match(pathname, /^\/training\/tests\/[^/]+$/, await says(page));
  return pathname;
}

/** Answers what is still open and hands the test in. */
export async function finish(page, questions) {
  for (let n = 0; n < 40 && (await page.locator("main form legend").count()) > 0; n += 1) {
    await fillIn(page, questions);
    await sendAnswer(page);
  }
  await press(page, 'form[action$="/end"] button');
}

/** Takes a whole test. */
export async function takes(page, session, questions, { purpose = "after", lang = "en" } = {}) {
  await begin(page, session, purpose, lang);
  await finish(page, questions);
}
