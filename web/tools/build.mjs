// Builds web/dist: one style sheet, the fonts it names, the scripts. No source maps, no machine paths.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import * as sass from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const web = join(root, "web");
const dist = join(web, "dist");
const fontSource = join(root, "node_modules", "@fontsource", "noto-sans");

// Kazakh letters are split over both Cyrillic files. Other scripts come from the reader's own fonts.
const SUBSETS = ["latin", "cyrillic", "cyrillic-ext"];
const WEIGHTS = [400, 700];

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "fonts"), { recursive: true });
cpSync(join(web, "static"), dist, { recursive: true });

/** Copies one font under a name that changes with its content and returns its @font-face rule. */
function fontFace(subset, weight) {
  const sheet = readFileSync(join(fontSource, `${subset}-${weight}.css`), "utf8");
  const all = readFileSync(join(fontSource, `${weight}.css`), "utf8");
  const file = `noto-sans-${subset}-${weight}-normal.woff2`;
  const part = all.split("@font-face").find((rule) => rule.includes(file)) ?? sheet;
  const range = /unicode-range:\s*([^;]+);/.exec(part)?.[1];
  if (!range) throw new Error(`no unicode-range for ${file}`);
  const bytes = readFileSync(join(fontSource, "files", file));
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const name = `noto-sans-${subset}-${weight}.${hash}.woff2`;
  writeFileSync(join(dist, "fonts", name), bytes);
  return (
    `@font-face{font-family:"Noto Sans";font-style:normal;font-display:swap;font-weight:${weight};` +
    `src:url(fonts/${name}) format("woff2");unicode-range:${range.replace(/\s+/g, "")}}`
  );
}

const faces = WEIGHTS.flatMap((weight) => SUBSETS.map((subset) => fontFace(subset, weight)));
const styles = sass.compile(join(web, "styles", "app.scss"), {
  loadPaths: [join(root, "node_modules")],
  style: "compressed",
  quietDeps: true,
  sourceMap: false,
});
// Said once on the root, a colour or a typeface needs no copy beside each use of it.
const own = styles.css
  .replace(/^\uFEFF/, "")
  .replace(/var\((--govuk-[a-z-]+-colour),\s*#[0-9a-f]{3,8}\)/g, "var($1)")
  .replace(/font-family:"?Noto Sans"?,\s*"?Noto Sans Fallback"?,\s*sans-serif;?/g, "")
  .replace(/font-family:"?Noto Sans"?,\s*sans-serif;?/g, "")
  .replace(/-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale;?/g, "")
  .replace(/[^{}]+\{\}/g, "")
  .replace(/@media print\{\}/g, "");
const type =
  'html{font-family:"Noto Sans","Noto Sans Fallback",sans-serif;-webkit-font-smoothing:antialiased}' +
  "button,input,select,textarea{font-family:inherit}";
const css = await build({
  stdin: { contents: faces.join("") + type + own, loader: "css", resolveDir: dist },
  bundle: true,
  external: ["fonts/*"],
  minify: true,
  legalComments: "none",
  charset: "utf8",
  write: false,
});
writeFileSync(join(dist, "app.css"), css.outputFiles[0].contents);

// The phone page of a survey comes alone.
const hall = sass.compile(join(web, "hall", "hall.scss"), { style: "compressed", sourceMap: false });
writeFileSync(join(dist, "hall.css"), hall.css.replace(/^\uFEFF/, ""));

// The worker is no module: not every browser runs one as a worker.
for (const [folder, name, format] of [["live", "live", "esm"], ["offline", "offline", "esm"], ["offline", "worker", "iife"], ["hall", "hall", "esm"], ["ballot", "ballot", "esm"], ["ballot", "ballot-worker", "iife"]]) {
  await build({
    entryPoints: [join(web, folder, `${name}.ts`)],
    outfile: join(dist, `${name}.js`),
    bundle: true,
    minify: true,
    format,
    target: ["es2020"],
    charset: "utf8",
    // What others wrote keeps their names.
    legalComments: folder === "ballot" ? "inline" : "none",
  });
}

for (const name of readdirSync(dist, { recursive: true }).map(String).sort()) {
  if (!/\.\w+$/.test(name)) continue;
  const bytes = readFileSync(join(dist, name));
  process.stdout.write(`${name.padEnd(48)} ${String(bytes.length).padStart(7)} B  ${String(gzipSync(bytes).length).padStart(6)} B gz\n`);
}
