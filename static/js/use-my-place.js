// A hidden button marked `data-near-me` appears. On a press it asks that address for
// the town nearest to the reader, told to about a kilometre, and searches there. Where
// the place stays unknown, the words that stand behind the button say so.
export function useMyPlace(page) {
  if (!("geolocation" in navigator)) return;
  for (const button of page.querySelectorAll("[data-near-me]")) {
    button.hidden = false;
    const sayLost = () => (button.parentElement.querySelector("[data-near-me-lost]").hidden = false);
    button.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => searchNear(page, button, coords).catch(sayLost),
        sayLost,
      );
    });
  }
}

async function searchNear(page, button, coords) {
  const place = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(2));
  const answer = await fetch(`${button.dataset.nearMe}?nahe=${place}`);
  const [town] = answer.ok ? await answer.json() : [];
  if (!town) throw new Error("no town is near");
  const field = page.getElementById(button.dataset.for);
  field.value = town;
  field.form.requestSubmit();
}
