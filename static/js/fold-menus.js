// A fold marked `data-menu` closes again when the reader goes elsewhere, or presses Escape.
export function foldMenus(page) {
  for (const fold of page.querySelectorAll("details[data-menu]")) {
    const handle = fold.querySelector("summary");
    page.addEventListener("click", ({ target }) => {
      if (!fold.contains(target)) fold.open = false;
    });
    fold.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !fold.contains(relatedTarget)) fold.open = false;
    });
    fold.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !fold.open) return;
      fold.open = false;
      handle.focus();
    });
  }
}
