// Finds one page of each route shape by following the site's own links, and links that lead nowhere.

/** `/elections/akim-2023/stations/448` → `/elections/:id/stations/:id` */
export function shapeOf(path, collections) {
  const parts = path.split("/");
  return parts
    .map((part, i) => (part && (/\d/.test(part) || part.length > 24 || collections.includes(parts[i - 1])) && part !== "new" ? ":id" : part))
    .join("/");
}

/** Links of a page as a reader without scripts has them. */
export function linksOf(text, at) {
  return [...text.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map(
    ([, href]) => new URL(href.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replaceAll("&#x26;", "&"), at),
  );
}

/**
 * One path per shape, the named ones first. Reads HTML without a browser: every link must work without scripts.
 * `cookie` is a session's; `within` keeps to addresses that begin so.
 */
export async function findPaths(base, { paths, crawl }, { cookie = "", within = "/" } = {}) {
  const skip = crawl.skip.map((s) => new RegExp(s));
  const shapes = new Map();
  const take = (path) => {
    const shape = shapeOf(path, crawl.collections);
    if (!path.startsWith(within) || shapes.has(shape) || shapes.size >= crawl.limit || skip.some((s) => s.test(path))) return false;
    shapes.set(shape, path);
    return true;
  };
  let queue = paths.filter(take);
  for (let depth = 0; depth < crawl.depth && queue.length > 0; depth += 1) {
    const next = [];
    for (const path of queue) {
      const { text, url } = await read(new URL(path, base), cookie);
      for (const to of text === null ? [] : linksOf(text, url)) {
        if (to.origin === new URL(base).origin && take(to.pathname)) next.push(to.pathname);
      }
    }
    queue = next;
  }
  return [...shapes.values()];
}

/** A page that takes longer is a fault, also on a slow machine that does other things. */
const PATIENCE_MS = 10_000;

/** The page's text, `null` for what is no page. A stream is left at once. */
export async function read(url, cookie = "") {
  const started = Date.now();
  const answer = await fetch(url, { headers: { accept: "text/html", cookie }, signal: AbortSignal.timeout(60_000) });
  const isPage = answer.ok && (answer.headers.get("content-type") ?? "").includes("text/html");
  const text = isPage ? await answer.text() : null;
  if (!isPage) await answer.body?.cancel();
  const took = Date.now() - started;
  return { status: took > PATIENCE_MS ? `${answer.status} after ${took} ms` : answer.status, url: answer.url, text };
}

/**
 * Follows the links of `paths` and says which don't answer, or name a place of the page that isn't there.
 * Of many addresses of one shape (stations, contests) `perShape` are followed.
 */
export async function brokenLinks(base, paths, { crawl, links }, cookie = "") {
  const seen = new Map();
  const shapes = new Map();
  const broken = [];
  const follow = async (to, from) => {
    const address = to.pathname + to.search;
    if (seen.has(address)) return seen.get(address);
    const shape = shapeOf(to.pathname, crawl.collections) + [...to.searchParams.keys()].sort().join("&");
    const count = shapes.get(shape) ?? 0;
    if (count >= links.perShape) return null;
    shapes.set(shape, count + 1);
    const answer = await read(to, cookie);
    seen.set(address, answer);
    if (answer.status !== 200) broken.push(`${from} → ${address}: ${answer.status}`);
    return answer;
  };
  for (const path of paths) {
    const page = await follow(new URL(path, base), "the list");
    for (const to of linksOf(page?.text ?? "", page?.url ?? base)) {
      if (to.origin !== new URL(base).origin || /\/live$|^\/assets\//.test(to.pathname)) continue;
      const answer = await follow(to, path);
      const id = decodeURIComponent(to.hash.slice(1));
      if (id && answer?.text && !answer.text.includes(`id="${id}"`)) broken.push(`${path} → ${to.pathname}#${id}: no such place`);
    }
  }
  return { broken, followed: seen.size };
}
