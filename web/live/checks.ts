// The checks of a protocol while it is typed. Rules and sentences come from the server, made from the rule pack; the
// server checks the same again, so without this script nothing is lost but the moment.
//
// <form data-checks='[{"code":"R4","at":"voters_received_ballots","left":"voters_received_ballots","is":"<=",
//    "right":"voters_on_list","said":"… {left} … {right} …"}]' data-known='{"voters_on_list":600}'
//    data-typing='{"digits":6,"prefix":"Error:","not_a_number":"…","negative":"…","too_long":"…"}'>
// An expression is a number, a field's name, ["?", name] (empty counts as 0), ["box", name, …its other fields] (0 while the
// whole box is empty), ["sum", …], ["+", a, b], ["-", a, b], ["%", a, ten-thousandths of a per cent] or ["ceil", a].
import { showCount } from "./sums";

type Expr = number | string | [string, ...Expr[]];
interface Check {
  code: string;
  at: string;
  left: Expr;
  is: "=" | "<=" | ">=" | "<" | ">";
  right: Expr;
  said: string;
  names?: Record<string, Expr>;
  /** Told with the first wrong digit: more digits can't mend it. */
  now?: boolean;
}
interface Typing {
  digits: number;
  prefix: string;
  not_a_number: string;
  negative: string;
  too_long: string;
}
/** An exact number. */
interface Exact {
  n: bigint;
  d: bigint;
}
type Figures = (name: string) => bigint | null;

const SPACES = /[\s\u00a0\u2009\u202f]/g;
const whole = (n: bigint): Exact => ({ n, d: 1n });

/** Reads a field as the server does: a figure, nothing, or what is wrong with it. */
export function readFigure(text: string, digits: number): bigint | null | "not_a_number" | "negative" | "too_long" {
  const plain = text.replace(SPACES, "");
  if (plain === "") return null;
  const minus = /^[-\u2212\u2013]/.test(plain);
  const rest = minus ? plain.slice(1) : plain;
  if (!/^\d+$/.test(rest)) return "not_a_number";
  const significant = rest.replace(/^0+/, "");
  if (minus && significant !== "") return "negative";
  if (significant.length > digits) return "too_long";
  return BigInt(significant || "0");
}

function evaluate(expr: Expr, of: Figures): Exact | null {
  if (typeof expr === "number") return whole(BigInt(expr));
  if (typeof expr === "string") {
    const figure = of(expr);
    return figure === null ? null : whole(figure);
  }
  const [op, ...args] = expr;
  if (op === "?") return whole(of(String(args[0])) ?? 0n);
  if (op === "box") {
    const figure = of(String(args[0]));
    if (figure !== null) return whole(figure);
    return args.every((name) => of(String(name)) === null) ? whole(0n) : null;
  }
  if (op === "%") {
    const value = evaluate(args[0] ?? 0, of);
    return value && { n: value.n * BigInt(Number(args[1])), d: value.d * 1_000_000n };
  }
  const values = args.map((arg) => evaluate(arg, of));
  let total: Exact | null = whole(0n);
  for (const [place, value] of values.entries()) {
    if (!value) return null;
    const sign: bigint = op === "-" && place > 0 ? -1n : 1n;
    total = { n: total.n * value.d + sign * value.n * total.d, d: total.d * value.d };
  }
  if (op !== "ceil") return total;
  const down: bigint = total.n / total.d;
  return whole(total.n > 0n && total.n % total.d !== 0n ? down + 1n : down);
}

function holds(left: Exact, is: Check["is"], right: Exact): boolean {
  const [a, b] = [left.n * right.d, right.n * left.d];
  switch (is) {
    case "=":
      return a === b;
    case "<=":
      return a <= b;
    case ">=":
      return a >= b;
    case "<":
      return a < b;
    case ">":
      return a > b;
  }
}

const shown = (value: Exact): string => showCount(Number(value.n / value.d));

/** The sentence of a check that does not hold; nothing while a figure is missing. */
function sentence(check: Check, of: Figures): string {
  const left = evaluate(check.left, of);
  const right = evaluate(check.right, of);
  if (!left || !right || holds(left, check.is, right)) return "";
  const gap = left.n * right.d - right.n * left.d;
  const difference = { n: gap < 0n ? -gap : gap, d: left.d * right.d };
  return check.said.replace(/\{(\w+)\}/g, (_all, name: string) => {
    if (name === "left") return shown(left);
    if (name === "right") return shown(right);
    if (name === "difference") return shown(difference);
    const other = check.names?.[name];
    const value = other === undefined ? null : evaluate(other, of);
    return value ? shown(value) : "–";
  });
}

/** Puts the message above its field as the server would, or takes it away. */
function say(field: HTMLInputElement, text: string, prefix: string): void {
  const group = field.closest(".govuk-form-group");
  if (!group) return;
  const id = `${field.id}-error`;
  let place = document.getElementById(id);
  if ((place?.dataset["said"] ?? "") === text && (place === null) === (text === "")) return;
  group.classList.toggle("govuk-form-group--error", text !== "");
  field.classList.toggle("govuk-input--error", text !== "");
  const others = (field.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((one) => one && one !== id);
  if (text === "") {
    place?.remove();
  } else {
    if (!place) {
      place = document.createElement("p");
      place.id = id;
      place.className = "govuk-error-message";
      (field.closest(".govuk-input__wrapper") ?? field).before(place);
    }
    const hidden = document.createElement("span");
    hidden.className = "govuk-visually-hidden";
    hidden.textContent = prefix;
    place.replaceChildren(hidden, ` ${text}`);
    place.dataset["said"] = text;
    others.push(id);
  }
  if (others.length > 0) field.setAttribute("aria-describedby", others.join(" "));
  else field.removeAttribute("aria-describedby");
}

function watch(form: HTMLFormElement): void {
  const checks = JSON.parse(form.dataset["checks"] ?? "[]") as Check[];
  const known = JSON.parse(form.dataset["known"] ?? "{}") as Record<string, number>;
  const typing = JSON.parse(form.dataset["typing"] ?? "{}") as Typing;
  /** What only the server knows of a field; it stays until the figure changes. */
  const kept = JSON.parse(form.dataset["told"] ?? "{}") as Record<string, string>;
  const fields = [...form.querySelectorAll<HTMLInputElement>("input[inputmode=numeric]")];
  const first = new Map(fields.map((field) => [field.name, field.value]));
  const status = form.querySelector<HTMLElement>("[data-checks-status]");
  const open = new Map<string, Set<string>>(fields.map((field) => [field.name, new Set<string>()]));

  const read = (field: HTMLInputElement) => readFigure(field.value, typing.digits);
  const of: Figures = (name) => {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLInputElement)) return name in known ? BigInt(known[name] ?? 0) : null;
    const figure = read(field);
    return typeof figure === "bigint" ? figure : null;
  };

  const run = (all: boolean): void => {
    for (const field of fields) {
      const figure = read(field);
      const said = open.get(field.name) ?? new Set<string>();
      const texts: string[] = [];
      if (typeof figure === "string") {
        texts.push(typing[figure]);
      } else {
        if (field.value === first.get(field.name) && kept[field.name]) texts.push(kept[field.name] ?? "");
        for (const check of checks.filter((one) => one.at === field.name)) {
          const text = sentence(check, of);
          if (text === "") said.delete(check.code);
          else if (all || check.now || said.has(check.code)) {
            said.add(check.code);
            texts.push(text);
          }
        }
      }
      say(field, texts.join(" "), typing.prefix);
    }
  };

  let spoken = "";
  const tell = (): void => {
    const text = fields.map((field) => document.getElementById(`${field.id}-error`)?.dataset["said"] ?? "").filter(Boolean).join(" ");
    if (status && text !== spoken) status.textContent = spoken = text;
  };
  form.addEventListener("input", (event) => {
    run(false);
    const words = event.target instanceof HTMLInputElement && form.querySelector<HTMLElement>(`[data-words-of="${CSS.escape(event.target.name)}"]`);
    if (words && event.target instanceof HTMLInputElement) words.hidden = event.target.value !== first.get(event.target.name);
  });
  form.addEventListener("change", () => {
    run(true);
    tell();
  });
  // As the server has shown it: from here on this script keeps it true.
  run(true);
}

/** Starts every `form[data-checks]` of the page. */
export function startChecks(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-checks]").forEach(watch);
}
