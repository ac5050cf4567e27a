// Says in plain words what is on this phone and what becomes of it. All texts come with the page.
import type { Stop } from "./send";
import { done, type Envelope, envelopes, type Problem, remove } from "./store";

/** Texts by name. */
export type Texts = Record<string, string>;

function element<K extends keyof HTMLElementTagNameMap>(name: K, text = "", kind = ""): HTMLElementTagNameMap[K] {
  const e = document.createElement(name);
  if (text) e.textContent = text;
  if (kind) e.className = kind;
  return e;
}

function link(text: string, href: string): HTMLAnchorElement {
  const a = element("a", text, "govuk-link");
  a.setAttribute("href", href);
  return a;
}

/** Only a path of this site. */
const own = (href: string): string => (/^\/(?![/\\])/.test(href) ? href : "");

export class Panel {
  readonly texts: Texts;
  /** What stands in the way of sending. */
  stop: Stop = "";
  sending = false;
  /** Why a form is not kept: `full`, `other`. */
  stopped = "";
  /** Why this browser can't do it: `insecure`, `noWorker`, `noStorage`. */
  impossible = "";
  /** When the page was fetched, if it is shown from the phone. */
  keptAt = "";
  /** When entries were made that are filled in again. */
  drafted = "";
  newer = false;
  /** Pages that belong to this one: how many of them open without a network. */
  ahead = { kept: 0, all: 0 };
  problems: (Problem & { href: string })[] = [];
  /** Something came back to be mended. */
  onMend: () => void = () => undefined;
  private asked: Element | null = null;
  private said = "";

  constructor(
    private readonly root: HTMLElement,
    private readonly hasForms: boolean,
  ) {
    this.texts = JSON.parse(root.dataset["offlinePanel"] ?? "{}") as Texts;
  }

  private text(name: string, n = 0, at = ""): string {
    const options = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    const { lang } = document.documentElement;
    const time = at && new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, options).format(new Date(at));
    return (this.texts[name] ?? "").replace("{n}", String(n)).replace("{time}", time);
  }

  focus(): void {
    this.root.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
  }

  /** Asks before unsent envelopes are lost; the answer is the name of what was pressed. */
  ask(n: number): Promise<"outSend" | "outDrop" | "outStay"> {
    return new Promise((answer) => {
      const box = element("div", "", "tandau-offline__ask");
      box.append(element("h2", this.text("outHeading"), "govuk-heading-m"), element("p", this.text("outText", n), "govuk-body"));
      for (const name of ["outSend", "outDrop", "outStay"] as const) {
        const kind = { outSend: "", outDrop: " govuk-button--warning", outStay: " govuk-button--secondary" }[name];
        const button = element("button", this.text(name), `govuk-button${kind}`);
        button.type = "button";
        button.dataset["answer"] = name;
        button.onclick = () => {
          this.asked = null;
          void this.show();
          answer(name);
        };
        box.append(button, " ");
      }
      this.asked = box;
      void this.show().then(() => this.focus());
    });
  }

  private line(into: Element, text: string, kind = ""): void {
    if (text) into.append(element("p", text, `govuk-body tandau-offline__line ${kind}`.trim()));
  }

  private list(into: Element, heading: string, items: Node[][]): void {
    if (items.length === 0) return;
    into.append(element("h3", this.text(heading), "govuk-heading-s"));
    const list = element("ul", "", "govuk-list govuk-list--bullet");
    for (const item of items) {
      const li = element("li");
      li.append(...item);
      list.append(li);
    }
    into.append(list);
  }

  private mending(e: Envelope): Node[] {
    const here = e.page === location.pathname + location.search;
    if (here && this.problems.length > 0) return [];
    const what = e.problems.map((p) => p.message).join(" ");
    return [document.createTextNode(`${what} `), link(this.text("mendLink"), own(e.page))];
  }

  private refusal(e: Envelope): Node[] {
    const button = element("button", this.text("remove"), "tandau-offline__remove govuk-link");
    button.type = "button";
    button.onclick = () => void remove(e.seq ?? -1).then(() => this.show());
    const what = document.createTextNode(`${e.message} `);
    return [what, link(this.text("entered", 0, e.made_at), own(e.page)), document.createTextNode(" "), button];
  }

  /** Draws everything anew; what didn't change is not said again. */
  async show(): Promise<void> {
    const box = element("div");
    if (this.impossible) {
      if (this.hasForms) this.line(box, this.text(this.impossible));
    } else {
      await this.draw(box);
    }
    if (this.asked) box.append(this.asked);
    if (box.innerHTML === this.said && !this.asked) return;
    this.said = box.innerHTML;
    const empty = box.childElementCount === 0;
    if (!empty && !this.asked) box.prepend(element("h2", this.text("heading"), "govuk-visually-hidden"));
    this.root.replaceChildren(...box.childNodes);
    this.root.hidden = empty;
  }

  private async draw(box: Element): Promise<void> {
    const all = await envelopes();
    const waiting = all.filter((e) => e.state === "waiting");
    if (this.keptAt && !document.querySelector("[data-offline-pages]")) this.line(box, this.text("kept", 0, this.keptAt), "tandau-offline__line--kept");
    if (this.stopped) this.line(box, this.text(this.stopped), "tandau-offline__line--trouble");
    if (this.newer) this.line(box, this.text("newer"));
    if (this.drafted) this.line(box, this.text("draft", 0, this.drafted));
    if (this.ahead.all > 0) {
      const name = this.ahead.kept === this.ahead.all ? "aheadAll" : "aheadSome";
      this.line(box, this.text(name, this.ahead.kept).replace("{all}", String(this.ahead.all)));
    }
    const [first] = waiting;
    if (first) {
      this.line(box, this.text("saved", waiting.length, first.made_at), "tandau-offline__line--saved");
      if (this.sending) this.line(box, this.text("sending", waiting.length));
      else if (this.stop === "offline" || !navigator.onLine) this.line(box, this.text("waiting"));
      else if (this.stop === "trying") this.line(box, this.text("trying"));
      else if (this.stop === "signIn") {
        const p = element("p", `${this.text("signIn")} `, "govuk-body tandau-offline__line");
        p.append(link(this.text("signInLink"), `/sign-in?next=${encodeURIComponent(location.pathname)}`));
        box.append(p);
      }
    }
    const wrong = this.problems.map((p) => (p.href ? [link(p.message, `#${p.href}`)] : [document.createTextNode(p.message)]));
    const others = all.filter((e) => e.state === "mend").map((e) => this.mending(e));
    this.list(box, "mend", [...wrong, ...others.filter((nodes) => nodes.length > 0)]);
    this.list(box, "refused", all.filter((e) => e.state === "refused").map((e) => this.refusal(e)));
    const taken = (await done()).reverse().map((d) => [own(d.href) ? link(d.message, own(d.href)) : document.createTextNode(d.message)]);
    this.list(box, "taken", taken);
    if (this.hasForms && all.length === 0 && taken.length === 0 && !this.stopped) this.line(box, this.text("ready"));
  }
}
