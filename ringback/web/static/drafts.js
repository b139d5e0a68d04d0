// What is typed stays on this device until it is sent; nobody loses a reply to a closed tab.
const keyOf = (form) => `draft:${form.dataset.draft}`;
const formOf = (node) => node.closest?.("form[data-draft]");

function offer() {
  const form = document.querySelector("form[data-draft]");
  if (!form || form.dataset.offered) return;
  form.dataset.offered = "1";
  const box = form.elements.body;
  // The server says that the reply was taken: only then is the draft of no more use.
  if ("sent" in form.dataset) localStorage.removeItem(keyOf(form));
  else if (!box.value) box.value = localStorage.getItem(keyOf(form)) ?? "";
  else if (form.querySelector(".trouble") === null) localStorage.setItem(keyOf(form), box.value);
}

document.addEventListener("input", (event) => {
  const form = formOf(event.target);
  if (!form || event.target.name !== "body") return;
  if (event.target.value) localStorage.setItem(keyOf(form), event.target.value);
  else localStorage.removeItem(keyOf(form));
});

// A pointer that hovers comes with a keyboard: there Enter sends. A phone's Enter begins a new line.
document.addEventListener("keydown", (event) => {
  const form = formOf(event.target);
  if (!form || event.key !== "Enter" || event.shiftKey || event.isComposing || event.target.name !== "body") return;
  if (!matchMedia("(hover: hover) and (pointer: fine)").matches) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("#send"));
});

new MutationObserver(offer).observe(document.querySelector("main"), { childList: true, subtree: true });
offer();
