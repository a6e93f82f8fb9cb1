// Lets the browser keep what was read, where it can. Without it every page works as well.
export function keepForOffline(page) {
  if (!("serviceWorker" in navigator)) return;
  const worker = page.documentElement.dataset.worker;
  if (worker) addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
}
