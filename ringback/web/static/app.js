"use strict";
// The installed app: its service worker, the number on its icon, and a subscription that is renewed on every open.
{
  const workers = navigator.serviceWorker;

  // A device's subscription as the server keeps it; `old` is the one it may replace without being asked.
  window.subscribeDevice = async (registration, key, old) => {
    let given = await registration.pushManager.getSubscription();
    if (given && localStorage.pushKey !== key) given = await given.unsubscribe() && null;
    given ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys } = given.toJSON();
    const body = new URLSearchParams({ endpoint, ...keys, old });
    if (!(await fetch("/me/notices/devices", { method: "POST", body })).ok) return false;
    localStorage.pushKey = key;
    localStorage.pushEndpoint = endpoint;
    return true;
  };

  const renew = async (registration) => {
    const { pushKey, pushEndpoint } = localStorage;
    if (!pushKey || !pushEndpoint || Notification.permission !== "granted" || sessionStorage.renewed) return;
    sessionStorage.renewed = "yes";
    await subscribeDevice(registration, pushKey, pushEndpoint);
  };

  // Whoever signs out here leaves no words behind for the next person at this device (ASVS 14.3.1).
  addEventListener("submit", ({ target }) => {
    if (!/^\/(sign-out|desk\/lock)$/.test(target.getAttribute("action") ?? "")) return;
    for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
  });

  const badge = () => {
    const count = parseInt(document.querySelector("nav .count")?.textContent, 10) || 0;
    (count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.())?.catch(() => {});
  };

  if (workers) {
    addEventListener("load", async () => {
      await workers.register("/sw.js");
      if ("PushManager" in window) await renew(await workers.ready).catch(() => {});
    });
    addEventListener("visibilitychange", badge);
    badge();
  }
}
