// What one reads while there is no net. The words stand in the page for it, which the
// server wrote; here only titles, addresses and times are put in.
import { languageOf } from "./what-is-kept.js";


const LOCALES = { de: "de-DE", en: "en-GB" };

// A kept page, with a notice of when it was fetched above its content.
export async function noticed(kept, offline, language) {
  const [, notice] = offline.match(/<template id="notice">([\s\S]*?)<\/template>/);
  const words = notice.replace("{time}", timeOf(kept, language));
  const page = await kept.text();
  return page.replace(/<main[^>]*>/, (opening) => opening + words);
}

// The page for the time without a net, with the way to each page that was kept; what
// was kept in two languages is named in the one that is spoken.
export async function listOf(pages, offline, language) {
  const found = (await Promise.all((await pages.keys()).reverse().map((key) => entryOf(pages, key))));
  const spoken = new Set(found.filter((entry) => entry.language === language).map((entry) => entry.path));
  const named = found.filter((entry) => entry.language === language || !spoken.has(entry.path));
  if (!named.length) return offline;
  const lines = named.map((entry) => lineOf(entry, language)).join("");
  // As a function: in a text, "$&" of a title would be put in as a pattern.
  return offline.replace(/<ul id="kept">[\s\S]*?<\/ul>/, () => `<ul class="stack" id="kept">${lines}</ul>`);
}

async function entryOf(pages, key) {
  const kept = await pages.match(key);
  // Both come from the server as they stand in a page, so nothing is to be masked.
  const [, title] = (await kept.clone().text()).match(/<title>([\s\S]*?)(?: – MINT-Börse[^<]*)?<\/title>/);
  return { path: new URL(key.url).pathname, language: languageOf(kept), title, kept };
}

function lineOf({ path, language, title, kept }, spoken) {
  const other = language === spoken ? "" : ` lang="${language}"`;
  return `<li><a href="${path}"${other}>${title}</a> <span class="small soft">${timeOf(kept, spoken)}</span></li>`;
}

function timeOf(kept, language) {
  const at = new Date(kept.headers.get("date"));
  return at.toLocaleString(LOCALES[language], { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
}
