// Keeps what is needed to read on without a net: the built files under the names of
// their content, and the public pages that were seen last, as a guest sees them. Each
// page is fetched anew without cookies and without its query string, so that nothing
// of a person, a search or a place is kept.
import { isFresh, isGone, isPublic, mayBeKept, nameOfFile } from "./what-is-kept.js";
import { listOf, noticed } from "./without-net.js";

const FILES = "files";
const PAGES = "pages";
const OFFLINE = "/offline";
const MOST = { [FILES]: 40, [PAGES]: 40 };

self.addEventListener("install", (event) => {
  event.waitUntil(prepare().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname === "/abmelden") {
    event.waitUntil(caches.delete(PAGES));
  }
  if (request.method !== "GET") return;
  if (nameOfFile(url)) event.respondWith(fileOf(request));
  else if (request.mode === "navigate") event.respondWith(pageOf(event, url));
});

async function prepare() {
  const answer = await fetch(OFFLINE, { credentials: "omit", cache: "reload" });
  if (!answer.ok) throw new Error("no page for the time without a net");
  const words = await answer.clone().text();
  await (await caches.open(FILES)).put(OFFLINE, answer);
  const files = new Set(words.match(/\/static\/built\/[\w./-]+/g));
  await Promise.all([...files].map((file) => fileOf(new Request(file))));
}

async function fileOf(request) {
  const files = await caches.open(FILES);
  const kept = await files.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.status === 200) await keep(FILES, request.url, answer.clone());
  return answer;
}

async function pageOf(event, url) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && isPublic(url.pathname)) event.waitUntil(keepPage(url.pathname));
    if (isGone(answer)) event.waitUntil(forget(url.pathname));
    return answer;
  } catch {
    return withoutNet(url);
  }
}

async function keepPage(path) {
  const pages = await caches.open(PAGES);
  if (isFresh(await pages.match(path), Date.now())) return;
  const answer = await fetch(path, { credentials: "omit" });
  if (mayBeKept(answer)) await keep(PAGES, path, answer);
  if (isGone(answer)) await forget(path);
}

async function forget(path) {
  await (await caches.open(PAGES)).delete(path);
}

// The newest stand last, so that the first to go are those kept longest.
async function keep(name, key, answer) {
  const cache = await caches.open(name);
  await cache.delete(key);
  await cache.put(key, answer);
  const keys = (await cache.keys()).filter((one) => !one.url.endsWith(OFFLINE));
  await Promise.all(keys.slice(0, -MOST[name]).map((one) => cache.delete(one)));
}

async function withoutNet(url) {
  const pages = await caches.open(PAGES);
  const offline = await (await caches.open(FILES)).match(OFFLINE);
  if (!offline) return Response.error();
  const words = await offline.text();
  const kept = url.search ? undefined : await pages.match(url.pathname);
  const body = kept ? await noticed(kept, words) : await listOf(pages, words);
  return new Response(body, { headers: offline.headers, status: kept ? 200 : 503 });
}
