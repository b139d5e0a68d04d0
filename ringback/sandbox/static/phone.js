// Two telephones and a console, kept up to date by the company's event stream.
const API = "/sandbox/api";
const PRESS_1 = { keys: "1", keys_after_seconds: 3 };
const KEPT_LINES = 500;

async function ask(path, wanted) {
  const options = wanted && { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wanted) };
  const response = await fetch(API + path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function element(name, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

class Handset {
  constructor(root) {
    this.root = root;
    this.number = root.dataset.number;
    this.calls = [];
    this.part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.listen();
    this.refresh();
    // Buttons come and go above the texts; the newest one stays in sight.
    new ResizeObserver(() => this.toLastText()).observe(this.part("thread"));
  }

  toLastText() {
    const thread = this.part("thread");
    thread.scrollTop = thread.scrollHeight;
  }

  listen() {
    const dial = this.part("dial");
    const compose = this.part("compose");
    this.part("number").addEventListener("change", (event) => this.become(event.target));
    dial.addEventListener("submit", (event) => this.submit(event, () => this.call(dial)));
    compose.addEventListener("submit", (event) => this.submit(event, () => this.text(compose)));
    compose.picture.addEventListener("change", () => { compose.file.hidden = compose.picture.value !== "file"; });
    for (const button of this.root.querySelectorAll("[data-do]"))
      button.addEventListener("click", () => this.act(button.dataset.do));
    for (const key of this.root.querySelectorAll("[data-key]"))
      key.addEventListener("click", () => this.act("press", { keys: key.dataset.key }));
    for (const name of ["manner", "kind"])
      this.part(name).addEventListener("change", (event) => this.behave(name, event.target.value));
  }

  say(body) {
    return ask(this.path("/text"), { to: this.part("dial").to.value, body });
  }

  path(rest = "") {
    return `/handsets/${encodeURIComponent(this.number)}${rest}`;
  }

  async attempt(work) {
    try {
      await work();
      this.part("problem").textContent = "";
    } catch (error) {
      this.part("problem").textContent = error.message;
    }
  }

  submit(event, work) {
    event.preventDefault();
    this.attempt(work);
  }

  become(input) {
    if (!input.reportValidity()) return;
    this.number = input.value.trim();
    const here = new URL(location);
    here.searchParams.set(this.root.dataset.handset, this.number);
    history.replaceState(null, "", here);
    this.refresh();
  }

  act(action, wanted = {}) {
    return this.attempt(() => ask(this.path(`/${action}`), { call: this.current?.sid, ...wanted }));
  }

  behave(name, value) {
    if (name === "kind") return this.attempt(() => ask(this.path(), reach(value)));
    const extra = value === "answer" ? PRESS_1 : {};
    return this.attempt(() => ask(this.path(), { [name]: value, ...extra }));
  }

  call(form) {
    const more = { withheld: form.withheld.checked, forwarded_from: form.forwarded.value.trim() };
    return ask(this.path("/call"), { to: form.to.value, ...more });
  }

  async text(form) {
    const media = await this.picture(form);
    await ask(this.path("/text"), { to: this.part("dial").to.value, body: form.body.value, media });
    form.reset();
    form.file.hidden = true;
  }

  async picture(form) {
    const [file] = form.file.files;
    if (form.picture.value === "sample") return ["sample"];
    if (form.picture.value !== "file" || !file) return [];
    const response = await fetch(`${API}/media`, { method: "POST", headers: { "Content-Type": file.type }, body: file });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return [answer.sid];
  }

  // Several events of one moment need only one look.
  refreshSoon() {
    this.due ??= setTimeout(() => { this.due = undefined; this.refresh(); }, 30);
  }

  refresh() {
    return this.attempt(async () => this.show(await ask(this.path())));
  }

  show(screen) {
    this.current = screen.calls.find((call) => call.state !== "over");
    this.part("manner").value = screen.behaviour.manner;
    this.part("kind").value = screen.behaviour.switched_off ? "off" : screen.behaviour.kind;
    this.showCall(this.current, screen.calls[0]);
    this.showTexts(screen.texts);
  }

  showCall(call, last) {
    const incoming = call?.way === "incoming" && call.state === "ringing";
    const talking = call?.state === "talking";
    this.part("state").textContent = call ? words(call) : last ? `Last call: ${ENDS[last.status] ?? last.status}` : "Ready";
    this.part("who").textContent = call ? call.talking_to ?? call.with_name : "";
    this.part("call").classList.toggle("ringing", incoming);
    this.part("hears").replaceChildren(...(call?.hears ?? []).map((line) => element("li", { textContent: `“${line}”` })));
    this.part("keypad").hidden = !talking;
    this.part("dial").hidden = Boolean(call);
    this.button("answer").hidden = this.button("decline").hidden = !incoming;
    this.button("hang_up").hidden = !call || incoming;
    this.showTime();
  }

  button(name) {
    return this.root.querySelector(`[data-do="${name}"]`);
  }

  showTime() {
    const since = this.current?.state === "talking" && Date.parse(this.current.answered_at);
    const seconds = since ? Math.max(0, Math.floor((Date.now() - since) / 1000)) : 0;
    this.part("timer").hidden = !since;
    this.part("timer").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  // A reply goes to the line that wrote last, as on any phone.
  answerTo(last) {
    const lines = this.part("dial").to;
    if (last && !last.mine && [...lines.options].some((one) => one.value === last.with)) lines.value = last.with;
  }

  showTexts(texts) {
    const thread = this.part("thread");
    const key = `${this.number} ${texts.length}`;
    if (thread.dataset.shown === key) return;
    thread.dataset.shown = key;
    this.answerTo(texts.at(-1));
    thread.replaceChildren(...(texts.length ? texts.map(bubble) : [element("p", { className: "empty", textContent: "No texts yet." })]));
    this.toLastText();
  }
}

const ENDS = { completed: "ended", busy: "busy", "no-answer": "no answer", failed: "failed", canceled: "missed" };

function reach(value) {
  return value === "off" ? { switched_off: true } : { switched_off: false, kind: value };
}

function words(call) {
  if (call.state === "talking") return call.talking_to ? "Talking to" : "Connected to";
  return call.way === "incoming" ? "Incoming call" : "Ringing…";
}

function clock(at) {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
}

function bubble(text) {
  const pictures = text.media.map((one) => element("img", { src: one.url, alt: "Picture in this text" }));
  const when = element("small", { textContent: `${text.mine ? "To" : "From"} ${text.with_name} · ${clock(text.at)}` });
  return element("div", { className: text.mine ? "bubble mine" : "bubble" }, ...pictures, text.body, when);
}

const QUIET = /^(rest\.request|handset\.|number\.|account\.|webhook\.answered)/;
const BAD = /(error|failed|lost|fault|undelivered)/;
const BIG = /^(call\.placed|call\.bridged|message\.accepted|message\.received)/;

function line(event) {
  const kind = BAD.test(event.kind) ? "bad" : BIG.test(event.kind) ? "big" : QUIET.test(event.kind) ? "quiet" : "";
  const time = element("time", { dateTime: event.at, textContent: clock(event.at) });
  return element("li", { className: kind, title: event.kind }, time, element("span", { textContent: event.text }));
}

class Console {
  constructor(root) {
    this.root = root;
    this.list = root.querySelector("ol");
    this.empty = root.querySelector(".empty");
    document.getElementById("clear").addEventListener("click", () => { this.list.replaceChildren(); this.empty.hidden = false; });
  }

  add(event) {
    const atEnd = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 40;
    this.list.append(line(event));
    if (this.list.childElementCount > KEPT_LINES) this.list.firstElementChild.remove();
    this.empty.hidden = true;
    if (atEnd) this.root.scrollTop = this.root.scrollHeight;
  }
}

function concerns(event, handset) {
  return event.phones.includes(handset.number) || event.kind === "company.started";
}

function listen(after, handsets, log) {
  const stream = new EventSource(`${API}/events/stream?after=${after}`);
  stream.addEventListener("message", ({ data }) => {
    const event = JSON.parse(data);
    log.add(event);
    for (const handset of handsets) if (concerns(event, handset)) handset.refreshSoon();
  });
  // After a restart of the company the numbers start again, so what the phones show is fetched anew.
  stream.addEventListener("open", () => handsets.forEach((handset) => handset.refreshSoon()));
}

// The form sends by itself where no script runs; here the page stays, and the thread beside it shows the answer.
function offerStarters(panel, caller) {
  const tried = panel.querySelector('[data-part="tried"]');
  panel.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = event.submitter.value;
    try {
      await caller.say(body);
      tried.textContent = `Sent: “${body}”`;
      caller.part("thread").scrollIntoView({ block: "nearest" });
    } catch (error) {
      tried.textContent = error.message;
    }
  });
}

const handsets = [...document.querySelectorAll("[data-handset]")].map((root) => new Handset(root));
const speed = document.getElementById("speed");
speed.addEventListener("change", () => ask("/speed", { speed: Number(speed.value) }));
const panel = document.getElementById("try");
if (panel) offerStarters(panel, handsets.find((handset) => handset.root.dataset.handset === "caller"));
setInterval(() => handsets.forEach((handset) => handset.showTime()), 1000);
listen(document.querySelector("main").dataset.after, handsets, new Console(document.getElementById("log")));
