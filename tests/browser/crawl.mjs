// Finds one page of each route shape by following the site's own links.

/** `/elections/akim-2023/stations/448` → `/elections/:id/stations/:id` */
export function shapeOf(path, collections) {
  const parts = path.split("/");
  return parts
    .map((part, i) => (part && (/\d/.test(part) || part.length > 24 || collections.includes(parts[i - 1])) ? ":id" : part))
    .join("/");
}

/** One path per shape, the named ones first. Reads HTML without a browser: every link must work without scripts. */
export async function findPaths(base, { paths, crawl }) {
  const skip = crawl.skip.map((s) => new RegExp(s));
  const shapes = new Map();
  const take = (path) => {
    const shape = shapeOf(path, crawl.collections);
    if (shapes.has(shape) || shapes.size >= crawl.limit || skip.some((s) => s.test(path))) return false;
    shapes.set(shape, path);
    return true;
  };
  let queue = paths.filter(take);
  for (let depth = 0; depth < crawl.depth && queue.length > 0; depth += 1) {
    const next = [];
    for (const path of queue) {
      const answer = await fetch(new URL(path, base), { headers: { accept: "text/html" } });
      if (!answer.ok || !(answer.headers.get("content-type") ?? "").includes("text/html")) continue;
      for (const [, href] of (await answer.text()).matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)) {
        const url = new URL(href.replaceAll("&amp;", "&").replaceAll("&#38;", "&"), answer.url);
        if (url.origin === new URL(base).origin && take(url.pathname)) next.push(url.pathname);
      }
    }
    queue = next;
  }
  return [...shapes.values()];
}
