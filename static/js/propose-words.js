const SHORTEST = 2;

// A list marked `data-proposals` fills itself from that address while somebody types
// in the field it stands beside.
export function proposeWords(page) {
  for (const list of page.querySelectorAll("[data-proposals]")) {
    const field = page.getElementById(list.dataset.for);
    field.setAttribute("list", list.id);
    field.setAttribute("autocomplete", "off");
    field.addEventListener("input", () => propose(field, list).catch(() => {})); // no net
  }
}

async function propose(field, list) {
  const asked = field.value.trim();
  if (asked.length < SHORTEST) return;
  const answer = await fetch(`${list.dataset.proposals}?${new URLSearchParams({ q: asked })}`);
  if (!answer.ok || field.value.trim() !== asked) return; // who types on has asked anew
  const words = await answer.json();
  list.replaceChildren(...words.map((word) => new Option(word, word)));
}
