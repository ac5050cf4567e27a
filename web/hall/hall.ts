// The phone page of a survey. Without it the page is one form that is sent once; with it what is typed is kept, and the
// answer is sent until it is counted.
import { type Doing, Here } from "./here";
import { Kept } from "./kept";
import { type End, type Problem, Sending } from "./send";

/** Sentences that come with the page, in its language. */
interface Texts {
  sending: string;
  sendingText: string;
  failing: string;
  failingText: string;
  now: string;
  counted: string;
  countedText: string;
  over: string;
  mend: string;
}

const TYPED_MS = 250;
/** When the host opens the survey, not everybody asks for the questions at the same moment. */
const SPREAD_MS = 1_500;

const main = document.querySelector<HTMLElement>("[data-hall]");
if (main) start(main);

function start(main: HTMLElement): void {
  const { hall = "", state = "", here = "" } = main.dataset;
  const texts = JSON.parse(main.dataset["texts"] ?? "{}") as Texts;
  const form = main.querySelector("form");
  const panel = main.querySelector<HTMLElement>("[data-panel]");
  const kept = new Kept(hall);
  let sending: Sending | null = null;

  const doing: Doing = main.dataset["counted"] !== undefined ? "done" : "reading";
  const word = new Here(here, doing, (now) => {
    // An answer on its way is told by the server what it thinks of it.
    if (now !== state && !sending) setTimeout(() => location.reload(), Math.random() * SPREAD_MS);
  });
  if (doing === "done" || state === "closed") kept.forget();
  if (!form || !panel) return;

  const say = (kind: string, title: string, text: string, button = ""): void => {
    panel.className = `hall-box hall-box--${kind}`;
    const h2 = document.createElement("h2");
    h2.textContent = title;
    const p = document.createElement("p");
    p.textContent = text;
    panel.replaceChildren(h2, p);
    if (button) {
      const b = document.createElement("button");
      b.type = "button";
      b.textContent = button;
      b.addEventListener("click", () => sending?.now());
      panel.append(b);
    }
    panel.hidden = false;
  };

  const end = (end: End): void => {
    sending = null;
    if (end.state === "counted") {
      kept.forget();
      word.tell("done");
      form.hidden = true;
      say("done", texts.counted, texts.countedText);
      panel.focus();
    } else if (end.state === "mend") {
      kept.mend();
      word.tell("reading");
      form.hidden = false;
      say("trouble", texts.mend, end.problems.length > 0 ? "" : end.message);
      if (end.problems.length > 0) list(panel, end.problems);
      mark(form, end.problems);
      panel.focus();
    } else {
      kept.forget();
      word.tell("done");
      form.hidden = true;
      say("trouble", texts.over, end.message);
      panel.focus();
    }
  };

  const send = (body: string): void => {
    form.hidden = true;
    say("wait", texts.sending, texts.sendingText);
    word.tell("sending");
    sending = new Sending(
      form.action,
      body,
      () => {
        word.tell("failing");
        say("wait", texts.failing, texts.failingText, texts.now);
      },
      end,
    );
  };

  fill(form, kept.typed());
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => kept.type(fieldsOf(form)), TYPED_MS);
  });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    if (sending) return;
    clearTimeout(timer);
    const body = fieldsOf(form).toString();
    kept.type(fieldsOf(form));
    kept.wait(body);
    send(body);
  });
  // Given before the page was closed or the phone restarted.
  const before = kept.waiting();
  if (before) send(before);
}

function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  return fields;
}

/** Puts back what was typed; an option that is there no more is left out. */
function fill(form: HTMLFormElement, typed: URLSearchParams): void {
  if (!typed.toString()) return;
  for (const e of form.elements) {
    if (e instanceof HTMLInputElement && (e.type === "radio" || e.type === "checkbox")) {
      e.checked = typed.getAll(e.name).includes(e.value);
    } else if (e instanceof HTMLTextAreaElement || e instanceof HTMLSelectElement || (e instanceof HTMLInputElement && e.type === "text")) {
      e.value = typed.get(e.name) ?? "";
    }
  }
}

function list(panel: HTMLElement, problems: Problem[]): void {
  const ul = document.createElement("ul");
  for (const { field, message } of problems) {
    const li = document.createElement("li");
    const a = document.createElement("a");
    a.href = `#${field}`;
    a.textContent = message;
    li.append(a);
    ul.append(li);
  }
  panel.append(ul);
}

/** The sentence stands at its field as well. */
function mark(form: HTMLFormElement, problems: Problem[]): void {
  form.querySelectorAll(".hall-error").forEach((e) => e.remove());
  for (const { field, message } of problems) {
    const group = form.querySelector(`[data-field="${CSS.escape(field)}"]`);
    if (!group) continue;
    const p = document.createElement("p");
    p.className = "hall-error";
    p.textContent = message;
    group.querySelector("legend, label")?.after(p);
  }
}
