"use strict";
// What was on the list of conversations when it was last seen: to be read, not to be trusted.
addEventListener("DOMContentLoaded", async () => {
  const cache = await caches.open("list"), kept = await cache.match("/threads");
  if (!kept) return;
  const page = new DOMParser().parseFromString(await kept.text(), "text/html");
  const list = page.querySelector("#threads");
  if (!list?.children.length) return;
  // Behind a link there is nothing now, and a button would do nothing.
  list.querySelectorAll("a").forEach((link) => link.removeAttribute("href"));
  list.querySelectorAll("form, button, script").forEach((part) => part.remove());
  const say = (time, at) => {
    time.textContent = at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  };
  // "Just now" was true when it was kept.
  list.querySelectorAll("time").forEach((time) => say(time, new Date(time.dateTime)));
  say(document.querySelector("#kept time"), new Date(kept.headers.get("date") || Date.now()));
  document.querySelector("#kept").append(document.adoptNode(list));
  document.querySelector("#kept").hidden = false;
});
addEventListener("online", () => location.reload());
