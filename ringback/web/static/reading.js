// The texts never move under a reader: a button says that there is more.
const scroll = document.querySelector(".scroll");
const below = document.querySelector("#below");
const list = document.querySelector("#messages");

if (scroll && below && list) {
  // The list is reversed: 0 is its end, and further up is less.
  const atEnd = () => scroll.scrollTop > -40;
  let last = list.lastElementChild?.id;
  new MutationObserver(() => {
    const now = list.lastElementChild?.id;
    if (now !== last && !atEnd()) below.hidden = false;
    last = now;
  }).observe(list, { childList: true });
  scroll.addEventListener("scroll", () => { if (atEnd()) below.hidden = true; }, { passive: true });
  below.addEventListener("click", () => { scroll.scrollTop = 0; });

  const unread = document.querySelector("#unread");
  if (unread && unread.getBoundingClientRect().top < scroll.getBoundingClientRect().top) {
    unread.scrollIntoView({ block: "start" });
    below.hidden = atEnd();
  }
}

// Keys do nothing that a button does not.
function step(by) {
  const rows = [...document.querySelectorAll("ul.rows a.row")].filter((row) => row.checkVisibility());
  const here = rows.findIndex((row) => row === document.activeElement || row.pathname === location.pathname);
  rows[Math.min(rows.length - 1, Math.max(0, here + by))]?.focus();
}

const find = () => document.querySelector("#search")?.focus();
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  r: () => document.querySelector("#reply")?.focus(),
  e: () => document.querySelector("#done button")?.click(),
  "/": () => { if (scroll) location.href = "/threads#search"; else find(); },
  "?": () => document.querySelector("#keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, dialog") || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  KEYS[event.key]();
});
if (location.hash === "#search") find();
