const PAUSE = 1500;

// A section marked `data-progress` is read anew from that address until the page that
// answers has none: then there is something else to see, and the page is loaded.
export function followProgress(page) {
  const section = page.querySelector("[data-progress]");
  if (section?.dataset.progress) setTimeout(() => look(page, section), PAUSE);
}

async function look(page, section) {
  const answer = await fetch(section.dataset.progress).catch(() => null);
  if (answer?.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = fresh.querySelector("[data-progress]");
    if (!next) {
      location.reload();
      return;
    }
    section.replaceChildren(...next.childNodes);
  }
  setTimeout(() => look(page, section), PAUSE);
}
