// Keeps what is needed to read on without a net: the built files under the names of
// their content, and the public pages that were seen last, as a guest sees them. Each
// page is fetched anew without cookies and without its query string, so that nothing
// of a person, a search or a place is kept; but in the language in which it was read.
import {
  addressIn, isAskedForMore, isFresh, isGone, isPublic, languageOf, mayBeKept, nameOfFile, SPOKEN,
} from "./what-is-kept.js";
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
  const before = await (await caches.open(FILES)).match(OFFLINE);
  await keepOffline(before ? languageOf(before) : SPOKEN[0]);
}

// The page for the time without a net; in which language it is kept says what is spoken.
async function keepOffline(language) {
  const answer = await fetch(addressIn(language, OFFLINE), { credentials: "omit", cache: "reload" });
  if (!answer.ok) throw new Error("no page for the time without a net");
  const words = await answer.clone().text();
  await (await caches.open(FILES)).put(OFFLINE, answer);
  const files = new Set(words.match(/\/static\/built\/[\w./-]+/g));
  await Promise.all([...files].map((file) => fileOf(new Request(file))));
}

async function speak(language) {
  const offline = await (await caches.open(FILES)).match(OFFLINE);
  if (offline && languageOf(offline) !== language) await keepOffline(language);
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
    if (answer.ok) event.waitUntil(noted(answer, url.pathname));
    if (isGone(answer)) event.waitUntil(forget(url.pathname));
    return answer;
  } catch {
    return withoutNet(url);
  }
}

async function noted(answer, path) {
  const language = languageOf(answer);
  await speak(language);
  if (isPublic(path)) await keepPage(path, language);
}

async function keepPage(path, language) {
  const pages = await caches.open(PAGES);
  const address = addressIn(language, path);
  if (isFresh(await pages.match(address), Date.now())) return;
  const answer = await fetch(address, { credentials: "omit" });
  if (mayBeKept(answer)) await keep(PAGES, address, answer);
  if (isGone(answer)) await forget(path);
}

async function forget(path) {
  const pages = await caches.open(PAGES);
  await Promise.all(SPOKEN.map((language) => pages.delete(addressIn(language, path))));
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
  const language = languageOf(offline);
  const kept = isAskedForMore(url) ? undefined : await keptOf(pages, url.pathname, language);
  const body = kept ? await noticed(kept, words, language) : await listOf(pages, words, language);
  return new Response(body, { headers: offline.headers, status: kept ? 200 : 503 });
}

// A page in the language that is spoken; in another one rather than none.
async function keptOf(pages, path, language) {
  for (const one of [language, ...SPOKEN]) {
    const kept = await pages.match(addressIn(one, path));
    if (kept) return kept;
  }
  return undefined;
}
