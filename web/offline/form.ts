// A form that works without a network: what is entered is kept as it is typed, what is sent goes into an envelope first.
import { type Entries, mark, read, settle, unmark, write } from "./fields";
import type { Panel } from "./panel";
import { fill, shrink, Unreadable } from "./photo";
import { draft, type Envelope, envelopes, keepDraft, OtherPerson, put } from "./store";

const DRAFT_MS = 300;

/** What a form needs to know. */
export interface Around {
  person: string;
  panel: Panel;
  /** Something new is to be sent. */
  send: () => void;
}

/** Makes a form work without a network. */
export async function enhance(form: HTMLFormElement, around: Around): Promise<void> {
  const { panel, person } = around;
  const kind = form.dataset["offline"] ?? "";
  // Parts of one form may differ in their query alone.
  const to = new URL(form.action, location.href);
  const name = `${kind} ${to.pathname}${to.search}`;
  let mends: number | undefined;
  let timer = 0;
  let typed = false;
  let busy = false;

  const fresh = (): void => {
    const id = form.elements.namedItem("envelope");
    // A page that is kept on the phone would otherwise give the same id again.
    if (id instanceof HTMLInputElement) id.value = crypto.randomUUID();
  };
  const save = async (): Promise<void> => {
    clearTimeout(timer);
    if (!typed || busy) return;
    typed = false;
    try {
      await keepDraft(person, { form: name, at: new Date().toISOString(), ...(await read(form, null)) });
    } catch {
      // A draft that can't be kept is no reason to disturb somebody who is typing.
    }
  };
  const restore = async (): Promise<void> => {
    const own = (await envelopes()).filter((e) => e.form === name);
    const broken = own.find((e) => e.state === "mend");
    const kept = await draft(name);
    if (typed) return;
    // What waits was sent from this form piece by piece; what was typed after it comes last.
    const all: Entries[] = broken ? [broken] : own.filter((e) => e.state === "waiting");
    if (!broken && kept) all.push(kept);
    for (const entries of all) write(form, entries);
    if (broken) {
      mends = broken.seq;
      panel.problems = broken.problems.map((p) => ({ ...p, href: mark(form, p, panel.texts["errorPrefix"] ?? "") }));
    } else if (kept && kept.changed.length > 0) {
      panel.drafted = kept.at;
    }
  };

  form.addEventListener("input", () => {
    typed = true;
    clearTimeout(timer);
    timer = window.setTimeout(() => void save(), DRAFT_MS);
  });
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.files) return;
    unmark(form, input.name);
    void Promise.all([...input.files].map(shrink)).then(
      (files) => {
        fill(input, files);
        typed = true;
        void save();
      },
      () => {
        input.value = "";
        mark(form, { field: input.name, message: panel.texts["photoBroken"] ?? "" }, panel.texts["errorPrefix"] ?? "");
      },
    );
  });
  document.addEventListener("visibilitychange", () => document.hidden && void save());
  window.addEventListener("pagehide", () => void save());

  form.addEventListener("submit", (event) => {
    const submitter = event.submitter;
    if (form.dataset["plain"] !== undefined || submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    void keep(submitter).finally(() => {
      busy = false;
      // What was typed while this was kept.
      void save();
    });
  });

  async function keep(submitter: HTMLElement | null): Promise<void> {
    const id = form.elements.namedItem("envelope");
    let entries: Entries;
    typed = false;
    try {
      entries = await read(form, submitter);
      const envelope: Envelope = {
        ...entries,
        id: id instanceof HTMLInputElement && id.value ? id.value : crypto.randomUUID(),
        kind,
        person,
        made_at: new Date().toISOString(),
        page: location.pathname + location.search,
        form: name,
        state: "waiting",
        problems: [],
        message: "",
      };
      await put(envelope, mends);
    } catch (problem) {
      typed = true;
      if (problem instanceof Unreadable) return;
      // No room, or no storage any more: the entries stay in the form, and the next press posts them as they are.
      if (problem instanceof OtherPerson) panel.stopped = "other";
      else {
        panel.stopped = "full";
        form.dataset["plain"] = "";
      }
      await panel.show();
      panel.focus();
      return;
    }
    mends = undefined;
    panel.stopped = panel.drafted = "";
    panel.problems = [];
    unmark(form);
    form.querySelectorAll<HTMLInputElement>("input[type=file]").forEach((input) => (input.value = ""));
    settle(form, entries);
    fresh();
    await panel.show();
    panel.focus();
    // Asks the browser not to clear this away when it needs room; it may say no.
    void navigator.storage?.persist?.().catch(() => false);
    around.send();
  }

  fresh();
  await restore();
  // What comes back while the page is open is filled in like after opening it.
  panel.onMend = () => {
    if (!typed && mends === undefined) void restore().then(() => panel.show());
  };
}
