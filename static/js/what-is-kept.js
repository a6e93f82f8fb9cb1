// What the installed site may keep, as questions with a yes or a no.
// Role models are left out: who takes her consent back is gone at once, everywhere.
const LISTS = [
  "praktika", "angebote", "foerderungen", "veranstaltungen", "aktionen", "berufe",
  "organisationen", "foerderprogramme", "leichte-sprache",
];
const PUBLIC = new RegExp(`^/(?:(?:${LISTS.join("|")})(?:/[\\w~-]+)?)?$`);
const FILE = /^\/static\/built\/(?:[\w-]+\/)?[\w-]+-[0-9a-f]{10}\.[a-z0-9]+$/;
const FRESH_MS = 10 * 60 * 1000;

// The first is what an address alone speaks; each other one stands in its query string.
export const SPOKEN = ["de", "en"];

// What an answer speaks, as the server says.
export function languageOf(answer) {
  const said = answer.headers.get("content-language");
  return SPOKEN.includes(said) ? said : SPOKEN[0];
}

// Under which address a page is fetched and kept in a language.
export function addressIn(language, path) {
  return language === SPOKEN[0] ? path : `${path}?sprache=${language}`;
}

// More than the page as it is: a search, a place, the next part of a list.
export function isAskedForMore(url) {
  return [...url.searchParams.keys()].some((name) => name !== "sprache");
}

// Lists, what stands in them, and the first page; no account, no form, no letter.
export function isPublic(path) {
  return PUBLIC.test(path);
}

// A built file whose name tells its content: it never changes.
export function nameOfFile(url) {
  return FILE.test(url.pathname);
}

// What was kept a moment ago is not fetched again.
export function isFresh(kept, now) {
  return Boolean(kept) && now - Date.parse(kept.headers.get("date")) < FRESH_MS;
}

// What was withdrawn must not stay readable here.
export function isGone(answer) {
  return answer.status === 404 || answer.status === 410;
}

// A page as anybody sees it, which did not forbid to be kept or lead elsewhere.
export function mayBeKept(answer) {
  const rule = answer.headers.get("cache-control") ?? "";
  const type = answer.headers.get("content-type") ?? "";
  return answer.status === 200 && !answer.redirected && !/no-store|private/.test(rule)
    && type.startsWith("text/html");
}
