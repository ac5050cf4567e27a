// Marks of presence when the network is really gone, and when the time for them is: a mark is kept on the phone, counts once when
// the network is back, and says why where it doesn't count. Five weeks before voting.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { clock, codeOn, done, invite, minuteOf, move, nameOf, planByHand, press, rowOf, says, sendCode, somebody } from "./cascade-site.mjs";
import { axe, fits, open, shot } from "./helpers.mjs";
import { isKept, online, says as panelSays, soon, starts } from "./offline-site.mjs";

const site = process.env.TANDAU_VISIT_URL;
const PROGRAMME = "demo-training-voting_day";
const PHONES = ["precinct-secretary", "precinct-chair", "precinct-deputy"];
/** Minutes after the end during which marks are taken (rules/kz/training.toml). */
const AFTER = 30;

describe("marks of presence", { skip: !site && "no demo of the days of the visit" }, () => {
  const people = {};
  const names = {};
  let trainer;
  let screen;
  let session = "";
  let path = "";
  let begun = 0;

  before(async () => {
    trainer = await somebody(site, "district-secretary");
    for (const login of PHONES) {
      people[login] = await somebody(site, login, 390);
      names[login] = await nameOf(people[login]);
    }
    const name = await nameOf(trainer);
    begun = (await minuteOf(trainer)) - 60;
    session = await planByHand(trainer, { programme: PROGRAMME, trainer: name, starts: clock(begun), ends: clock(begun + 90), place: "Зал комиссии" });
    await invite(trainer, /448(\D|$)/);
    path = `/office/training/here/${session}`;
    screen = await trainer.context().newPage();
    screen.site = site;
  });

  after(async () => {
    if (session) {
      await open(trainer, `/office/training/sessions/${session}`, { lang: "en" });
      const cancel = trainer.locator('form[action$="/cancel"]');
      await cancel.locator("#reason").fill("A trial run.");
      await press(trainer, cancel.locator("button"));
      await done(trainer, "training-saved");
    }
    for (const page of [trainer, ...Object.values(people)]) await page?.context().close();
  });

  /** What the trainer sees of who is there. */
  const attendance = async () => {
    await open(trainer, `/office/training/sessions/${session}/attendance`, { lang: "en" });
    return says(trainer);
  };
  const ready = async (phone) => {
    await open(phone, "/office/training/here", { lang: "en" });
    await open(phone, path);
    await isKept(phone, path);
    await panelSays(phone, starts("ready"));
  };

  it("are kept without a network, survive closing the page, and are sent once", { timeout: 180_000 }, async () => {
    const phone = people["precinct-secretary"];
    const context = phone.context();
    const posts = [];
    context.on("request", (request) => {
      if (request.method() === "POST" && new URL(request.url()).pathname === "/office/inbox") posts.push(request.postDataJSON());
    });
    await ready(phone);
    // A second tab with the same form, opened before.
    const second = await context.newPage();
    second.site = site;
    await open(second, path);
    await panelSays(second, starts("ready"));

    await context.setOffline(true);
    await phone.reload();
    await panelSays(phone, starts("kept"));
    await sendCode(phone, await codeOn(screen, session));
    await panelSays(phone, starts("saved"));
    await axe(phone, { width: 390 });
    await fits(phone, [640, 390, 320]);
    await shot(phone, "marks.saved.en.390");
    assert.match(await attendance(), /\b0 in the records/, "nobody knows of what is still on the phone");

    await phone.close();
    const again = await context.newPage();
    again.site = site;
    await again.goto(new URL(path, site).href);
    await panelSays(again, ": 1,");
    assert.match(await attendance(), /\b0 in the records/);

    await context.setOffline(false);
    await Promise.all([online(again), online(second)]);
    await panelSays(again, "You are marked as present.");
    await Promise.all([online(again), online(second)]);
    await again.reload();
    assert.equal(await again.locator("#code").count(), 0, "there is nothing left to mark");
    assert.match(await says(again), /You are marked as present/);
    assert.match(await attendance(), /\b1 in the records, no list on paper; people to decide about: 0\./);
    const sent = posts.flatMap((post) => post.envelopes).filter((e) => e.kind === "training.mark");
    assert.ok(sent.length <= 1, `sent once: ${JSON.stringify(sent.map((e) => e.id))}`);

    // Marked a second time in the tab that still has the form: nothing is counted twice.
    await sendCode(second, await codeOn(screen, session));
    await panelSays(second, "this was counted before");
    assert.match(await attendance(), /\b1 in the records/);
    people["precinct-secretary"] = again;
  });

  it("with a code that never stood on the screen leave nothing, and say so", { timeout: 60_000 }, async () => {
    const phone = people["precinct-chair"];
    await ready(phone);
    const code = await codeOn(screen, session);
    await sendCode(phone, code.replace(/\d/g, (d) => String(9 - Number(d))));
    await panelSays(phone, "This code has not been on the screen.");
    await phone.waitForSelector("#code-offline");
    await axe(phone, { width: 390 });
    await sendCode(phone, "12a");
    await panelSays(phone, "Type the 6 digits");
    await shot(phone, "marks.wrong.en.390");
    const text = await attendance();
    assert.match(text, /\b1 in the records, no list on paper; people to decide about: 0\./);
    assert.equal(await rowOf(trainer, names["precinct-chair"]).count(), 0, "nothing is kept of a guess");
  });

  it("after the window don't count, and say why", { timeout: 300_000 }, async () => {
    // The session ends earlier than planned: the window closes in a minute or two.
    const minute = await minuteOf(trainer);
    await move(trainer, session, { starts: clock(begun), ends: clock(minute + 2 - AFTER), reason: "Everything was said." });
    const code = await codeOn(screen, session);
    // The deputy marks in time, without a network; it comes when the window has closed.
    const deputy = people["precinct-deputy"];
    await ready(deputy);
    await deputy.context().setOffline(true);
    await sendCode(deputy, code);
    await panelSays(deputy, starts("saved"));
    await soon(
      async () => {
        await open(screen, `/office/training/sessions/${session}/screen`, { lang: "en" });
        return /The time for marks is over\./.test(await says(screen));
      },
      "the window closes",
      200_000,
    );
    // Somebody passed the last code on.
    const chair = people["precinct-chair"];
    await open(chair, path, { lang: "en" });
    await chair.waitForSelector("#code-offline");
    await sendCode(chair, code);
    await panelSays(chair, "The mark was made after the time for it. The trainer decides.");
    await deputy.context().setOffline(false);
    await online(deputy);
    await panelSays(deputy, "The mark came long after it was made. The trainer decides.");

    assert.match(await attendance(), /\b1 in the records, no list on paper; people to decide about: 2\./);
    const doubts = trainer.locator('section[aria-labelledby="doubts-h"] tbody tr');
    assert.equal(await doubts.count(), 2);
    assert.match(await doubts.filter({ hasText: names["precinct-chair"] }).innerText(), /after the time for it/);
    assert.match(await doubts.filter({ hasText: names["precinct-deputy"] }).innerText(), /long after it was made/);
    await fits(trainer, [1280, 640, 390, 320]);
    await axe(trainer, { width: 390 });
    await shot(trainer, "marks.doubts.en");
    // Whoever was in the hall says so: the one was there, the other was not.
    const differs = trainer.locator("#decide tbody tr");
    await differs.filter({ hasText: names["precinct-deputy"] }).locator('input[value="yes"]').check();
    await differs.filter({ hasText: names["precinct-chair"] }).locator('input[value="no"]').check();
    await press(trainer, 'form[action$="/attendance"] button');
    assert.equal(await trainer.locator(".govuk-error-summary").count(), 1, "not without a reason");
    await differs.filter({ hasText: names["precinct-deputy"] }).locator('input[value="yes"]').check();
    await differs.filter({ hasText: names["precinct-chair"] }).locator('input[value="no"]').check();
    await trainer.fill("#reason", "I saw the one and not the other.");
    await press(trainer, 'form[action$="/attendance"] button');
    assert.match(await says(trainer), /people to decide about: 0\./);
    assert.match(await says(trainer), /2 people were there/);
  });
});
