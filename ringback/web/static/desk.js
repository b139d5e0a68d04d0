// A shared desk locks when nobody touches it; while somebody types, the server is told now and then.
{
  const idle = document.querySelector("[data-idle]").dataset.idle * 60000;
  let timer, told = Date.now();
  const touched = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.assign("/desk"), idle);
    if (Date.now() - told > Math.min(60000, idle / 3)) {
      told = Date.now();
      fetch("/session/presence", { method: "POST" });
    }
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, touched, { passive: true, capture: true });
  touched();
}
