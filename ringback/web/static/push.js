"use strict";
// The page of one's own alerts: which state this device is in, and the way to the next one.
{
  const { key, known } = document.querySelector("#device").dataset;
  const { userAgent, platform, maxTouchPoints } = navigator;
  const isApple = /iPhone|iPad|iPod/.test(userAgent) || (platform === "MacIntel" && maxTouchPoints > 1);
  const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

  // On the body, because the live page draws anew all that is in it.
  const show = (state) => { document.body.dataset.device = state; };

  const print = async (text) => {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
    return [...bytes.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const look = async () => {
    if (isApple && !isInstalled) return show("ios");
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return show("unable");
    if (Notification.permission === "denied") return show("denied");
    const given = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
    show(given && known.split(" ").includes(await print(given.endpoint)) ? "on" : "off");
  };

  const turnOn = async () => {
    show("asking");
    if (await Notification.requestPermission() !== "granted") return look();
    if (!await subscribeDevice(await navigator.serviceWorker.ready, key, "")) return show("failed");
    location.reload();
  };

  let offer;
  addEventListener("beforeinstallprompt", (event) => { offer = event; document.body.dataset.install = "offered"; });
  addEventListener("appinstalled", () => { document.body.dataset.install = "done"; });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-turn-on]")) turnOn().catch(() => show("failed"));
    if (event.target.closest("[data-install]")) offer?.prompt();
  });
  look().catch(() => show("unable"));
}
