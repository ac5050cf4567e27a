// A protocol from the empty form to the accepted paper with the keyboard alone, on a phone's screen.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { axe, become, keyboardReach, newPage, noSidewaysScroll, open, shot } from "./helpers.mjs";

const site = process.env.TANDAU_EVENING_URL;
const PAPER = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Figures that agree with each other, by the beginning of a field's name. */
function figures(voters, issued) {
  return {
    voters_initial: voters,
    voters_on_list: voters,
    ballots_received: issued + 4,
    ballots_cancelled: 4,
    voters_received_ballots: issued,
    issued_in_premises: issued,
    found_stationary: issued,
    found_total: issued,
    invalid: 3,
    took_part: issued - 3,
  };
}

const digits = (text) => Number(text.replace(/\D/g, ""));

describe("protocol of station No. 448", { skip: !site && "no demo of the evening of voting" }, () => {
  it("is entered, sent, confirmed and accepted by the keyboard alone", { timeout: 180_000 }, async () => {
    const page = await newPage({ site, width: 390 });
    // The reader picks the photo in the system's own dialogue.
    page.on("filechooser", (chooser) => chooser.setFiles({ name: "protocol.png", mimeType: "image/png", buffer: PAPER }));
    try {
      const protocol = await become(page, "precinct-secretary", { keyboard: true });
      const station = protocol.split("?")[0].split("/").pop();
      await open(page, `/office/stations/${station}/day`, { lang: "en" });
      const { voters, issued } = await known(page, station);
      await open(page, protocol, { lang: "en" });
      await enter(page, figures(voters, issued));
      await attach(page);
      await send(page);
      for (const login of ["precinct-chair", "district-secretary"]) {
        await become(page, login, { keyboard: true });
        await open(page, protocol.split("?")[0] + (login === "district-secretary" ? "/decide" : ""), { lang: "en" });
        await press(page, login === "precinct-chair" ? "form[action$='/confirm'] button" : "button[value='accept']");
        await shot(page, `keyboard.${login}`);
      }
      assert.equal(await page.locator(".govuk-error-summary").count(), 0);
      assert.match(await page.locator("main").innerText(), /Accepted/);
      assert.deepEqual(page.complaints, [], "the browser's complaints");
    } finally {
      await page.context().close();
    }
  });
});

/** Voters on the list and the final figure of turnout, as the public page of the station has them. */
async function known(page, station) {
  const home = await (await fetch(new URL("/api/v1/elections", site))).json();
  const id = (home.elections ?? home)[0].id;
  await open(page, `/elections/${id}/stations/${station}`, { lang: "en" });
  const text = await page.locator("main").innerText();
  const voters = digits(/Voters on the list[^\d]*([\d\s\u202f\u00a0,]+)/i.exec(text)?.[1] ?? "");
  const last = page.locator("tr", { hasText: "after closing" }).locator(".tandau-table__num").first();
  const issued = digits(await last.innerText());
  assert.ok(voters > issued && issued > 10, `voters ${voters}, final figure ${issued}`);
  return { voters, issued };
}

/** Step by step: every field by Tab, one mistake on purpose, saved with Enter. */
async function enter(page, wanted) {
  let mistaken = false;
  for (let step = 0; step < 12 && (await page.locator("input[name=step]").count()) > 0; step += 1) {
    const group = await page.locator("input[name=step]").inputValue();
    const names = await page.$$eval("main input[inputmode=numeric]", (all) => all.map((f) => f.name));
    const shares = new Set();
    for (const name of names) {
      await keyboardReach(page, `#${CSS(name)}`);
      const line = Object.keys(wanted).find((key) => name === key);
      let value = line ? wanted[line] : 0;
      // One member issued everything, the candidates share what there is.
      const kind = /^(ballots_issued_by_member|votes)/.exec(name)?.[1];
      if (kind && !shares.has(kind)) {
        shares.add(kind);
        value = kind === "votes" ? wanted.took_part : wanted.voters_received_ballots;
      }
      if (name === "found_total" && !mistaken) value += 1;
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.type(String(value));
      await visible(page);
    }
    await noSidewaysScroll(page);
    if (names.includes("took_part") || names.includes("found_total")) await axe(page);
    await shot(page, `keyboard.step.${group}`);
    await press(page, "main form.tandau-form button[type=submit]");
    if (names.includes("found_total") && !mistaken) {
      mistaken = true;
      const text = await page.locator("main").innerText();
      assert.match(text, /boxes add up|too many/i, "the mistake is explained where it is");
      await shot(page, "keyboard.mistake");
    }
  }
  assert.ok(mistaken, "a step with the total of the boxes was seen");
}

/** Nothing covers the field that has the focus. */
async function visible(page) {
  const covered = await page.evaluate(() => {
    const field = document.activeElement;
    const box = field.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return top === field || field.contains(top) ? "" : `${field.name} is covered by ${top?.className}`;
  });
  assert.equal(covered, "");
}

async function attach(page) {
  await press(page, "a[href$='/paper']");
  await keyboardReach(page, "#paper");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#paper").files.length === 1);
  await press(page, "main form.tandau-form button[type=submit]");
}

/** Explains every warning and sends. */
async function send(page) {
  for (const name of await page.$$eval("form[action$='/submit'] textarea", (all) => all.map((f) => f.id))) {
    await keyboardReach(page, `#${CSS(name)}`);
    await page.keyboard.type("Checked against the list and the paper.");
  }
  await shot(page, "keyboard.summary");
  await press(page, "form[action$='/submit'] button");
}

/** Reaches a link or button with Tab, presses Enter and waits for the next page. */
async function press(page, selector) {
  await keyboardReach(page, selector);
  await Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
  assert.equal(await page.locator(".govuk-error-summary").count(), 0, await page.locator("main").innerText());
}

const CSS = (name) => name.replace(/([^\w-])/g, "\\$1");
