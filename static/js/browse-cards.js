// A card marked `data-browse` also goes by arrow keys and by a swipe: each presses the
// button that stands below it, marked `data-go` with left or right.
const FAR_ENOUGH = 60;

export function browseCards(page) {
  const card = page.querySelector("[data-browse]");
  if (!card) return;
  const press = (way) => page.querySelector(`[data-go="${way}"]`)?.form.requestSubmit();

  page.addEventListener("keydown", (event) => {
    const isFree = !event.target.closest("input, select, textarea, [popover]");
    const isPlain = !(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey);
    if (!isFree || !isPlain) return;
    if (event.key === "ArrowLeft") press("left");
    if (event.key === "ArrowRight") press("right");
  });

  let start = null;
  card.addEventListener("touchstart", ({ touches }) => { start = touches.length === 1 ? touches[0] : null; }, { passive: true });
  card.addEventListener("touchend", ({ changedTouches: [end] }) => {
    if (!start) return;
    const [across, down] = [end.clientX - start.clientX, end.clientY - start.clientY];
    if (Math.abs(across) > FAR_ENOUGH && Math.abs(across) > 2 * Math.abs(down)) press(across < 0 ? "left" : "right");
  });
}
