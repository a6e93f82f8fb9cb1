// Brings the reader to the summary of what went wrong.
export function focusProblems(page) {
  page.querySelector("[data-problems]")?.focus();
}
