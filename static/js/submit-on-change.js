// A choice marked `data-submit-on-change` sends its form by itself.
export function submitOnChange(page) {
  for (const field of page.querySelectorAll("[data-submit-on-change]")) {
    field.addEventListener("change", () => field.form.requestSubmit());
  }
}
