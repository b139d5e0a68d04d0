// The service worker: keeps a page for when there is no network, and shows what is pushed. Made anew with its files.
const VERSION = "{{ version }}", SHELL = {{ shell|tojson }}, LIST = "list";

addEventListener("install", (event) => event.waitUntil((async () => {
  await (await caches.open(VERSION)).addAll(SHELL);
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== VERSION && name !== LIST) await caches.delete(name);
  await clients.claim();
})()));

addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(visit(event, url));
  else if (SHELL.includes(url.pathname + url.search)) event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
});

async function visit(event, url) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keep(url, answer.clone()));
    return answer;
  } catch (error) {
    return await caches.match("/offline") || Promise.reject(error);
  }
}

// The list belongs to one sign-in: any page of another one, or of none, ends it.
async function keep(url, answer) {
  if (!answer.ok) return;
  const who = answer.headers.get("x-who") || "";
  const known = await caches.match("/who");
  if (known && await known.text() !== who) await caches.delete(LIST);
  if (!who || url.pathname !== "/threads" || url.search) return;
  const list = await caches.open(LIST);
  await list.put("/who", new Response(who));
  await list.put("/threads", answer);
}

addEventListener("push", (event) => event.waitUntil((async () => {
  const { title, body, path, tag, token, count } = event.data.json();
  await registration.showNotification(title, {
    body, tag, renotify: true, data: { path, token }, icon: "{{ icon }}", badge: "{{ badge }}",
  });
  await Promise.all([say(token, "shown"), navigator.setAppBadge?.(count)?.catch(() => {})]);
})()));

addEventListener("notificationclick", (event) => {
  const { path, token } = event.notification.data;
  event.notification.close();
  event.waitUntil(Promise.all([say(token, "opened"), open(path)]));
});

async function open(path) {
  const place = new URL(path, location.origin);
  if (place.origin !== location.origin) return;
  const windows = await clients.matchAll({ type: "window" });
  const same = windows.find((page) => new URL(page.url).pathname === place.pathname);
  await (same ? same.focus() : clients.openWindow(place));
}

// No cookie goes along: the token says which notice it was, and nothing else.
function say(token, what) {
  const body = new URLSearchParams({ token, what });
  return fetch("/notices/seen", { method: "POST", body, credentials: "omit", keepalive: true }).catch(() => {});
}

addEventListener("pushsubscriptionchange", (event) => event.waitUntil((async () => {
  const { oldSubscription: old } = event;
  if (!old) return;
  const { endpoint, keys } = (await registration.pushManager.subscribe(old.options)).toJSON();
  const body = new URLSearchParams({ endpoint, ...keys, old: old.endpoint });
  await fetch("/me/notices/devices", { method: "POST", body });
})()));
