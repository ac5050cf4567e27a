// A small server for web/ with the content security policy of the real one, and a stream that tests can write to.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const WEB = fileURLToPath(new URL("../../web/", import.meta.url));
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'";

/** `change` rewrites a page before it is sent; `tell` sends an event to every open stream. */
export async function startSite() {
  const streams = new Set();
  const site = { change: (_path, text) => text, streams: () => streams.size };
  const server = createServer((request, answer) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    if (path === "/events") {
      answer.writeHead(200, { "content-type": "text/event-stream" });
      answer.write(": open\n\n");
      streams.add(answer);
      request.on("close", () => streams.delete(answer));
      return;
    }
    try {
      const bytes = readFileSync(join(WEB, path));
      const type = TYPES[extname(path)] ?? "application/octet-stream";
      answer.writeHead(200, { "content-type": type, "content-security-policy": POLICY });
      answer.end(type.startsWith("text/html") ? site.change(path, bytes.toString("utf8")) : bytes);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  site.url = `http://127.0.0.1:${server.address().port}`;
  site.tell = () => streams.forEach((s) => s.write("data: changed\n\n"));
  site.close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return site;
}
