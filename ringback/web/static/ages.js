// Keeps "2 min ago" true while a page stays open. The server's clock counts: a demo may live on another day.
const words = document.body.dataset;
const ahead = Number(words.clock) - Date.now();

function tellAges() {
  for (const time of document.querySelectorAll("time[data-age]")) {
    const minutes = Math.floor((Date.now() + ahead - Date.parse(time.dateTime)) / 60000);
    if (minutes < 0 || minutes >= 1440) continue;
    const said = minutes < 1 ? words.now
      : minutes < 60 ? words.minutes.replace("#", minutes)
      : words.hours.replace("#", Math.floor(minutes / 60));
    if (time.textContent !== said) time.textContent = said;
  }
}

setInterval(tellAges, 20000);
