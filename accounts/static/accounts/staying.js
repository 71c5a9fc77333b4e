// Says in time that somebody will be signed out, and puts that off without leaving the page, so that
// nothing typed is lost. Without scripts, the same button sends the page's form.

const place = document.querySelector("[data-staying]");
const form = place?.querySelector("form");
const status = place?.querySelector("[data-staying-status]");
const SECOND = 1000;
let timers = [];

function wait(seconds) {
  timers.forEach(clearTimeout);
  const soon = Math.max(0, seconds - Number(place.dataset.warnedBefore));
  timers = [
    setTimeout(() => say("soon"), soon * SECOND),
    setTimeout(() => say("over"), seconds * SECOND),
  ];
}

const say = (what) => {
  status.textContent = status.dataset[what];
};

async function stay(event) {
  event.preventDefault();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { Accept: "application/json" },
      cache: "no-store",
    });
    // Led to sign in again: it was too late.
    if (!response.ok || response.redirected) {
      say("over");
      return;
    }
    const { seconds, until } = await response.json();
    place.querySelector("[data-staying-time]").textContent = until;
    say("stayed");
    wait(seconds);
  } catch {
    // No network for a moment: as without scripts, which shows what is wrong.
    form.submit();
  }
}

if (form) {
  wait(Number(place.dataset.staying) - Date.now() / SECOND);
  form.addEventListener("submit", stay);
}
