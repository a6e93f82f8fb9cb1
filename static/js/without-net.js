// What one reads while there is no net. The words stand in the page for it, which the
// server wrote; here only titles, addresses and times are put in.

// A kept page, with a notice of when it was fetched above its content.
export async function noticed(kept, offline) {
  const [, notice] = offline.match(/<template id="notice">([\s\S]*?)<\/template>/);
  const page = await kept.text();
  return page.replace(/<main[^>]*>/, (opening) => opening + notice.replace("{time}", timeOf(kept)));
}

// The page for the time without a net, with the way to each page that was kept.
export async function listOf(pages, offline) {
  const entries = await Promise.all((await pages.keys()).reverse().map((key) => entryOf(pages, key)));
  if (!entries.length) return offline;
  // As a function: in a text, "$&" of a title would be put in as a pattern.
  return offline.replace(/<ul id="kept">[\s\S]*?<\/ul>/, () => `<ul class="stack" id="kept">${entries.join("")}</ul>`);
}

async function entryOf(pages, key) {
  const kept = await pages.match(key);
  // Both come from the server as they stand in a page, so nothing is to be masked.
  const [, title] = (await kept.text()).match(/<title>([\s\S]*?)(?: – MINT-Börse[^<]*)?<\/title>/);
  const { pathname } = new URL(key.url);
  return `<li><a href="${pathname}">${title}</a> <span class="small soft">${timeOf(kept)}</span></li>`;
}

function timeOf(kept) {
  const at = new Date(kept.headers.get("date"));
  return at.toLocaleString("de-DE", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
}
