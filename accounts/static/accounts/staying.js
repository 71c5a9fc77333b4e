// Says in time that somebody will be signed out, or that a step is nearly over, and puts that off without
// leaving the page, so that nothing typed is lost. Without scripts, the same button opens a tab for it.

const place = document.querySelector("[data-staying]");
const form = place?.querySelector("form");
const status = place?.querySelector("[data-staying-status]");
const dialog = place?.querySelector("[data-staying-dialog]");
const heading = dialog?.querySelector("h2");
const SECOND = 1000;
const LAST = 60;
// The same person's other tabs: what is put off in one is put off in all.
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("staying") : undefined;
let ends;
let timers = [];

function show(what) {
  heading.textContent = heading.dataset[what];
  for (const part of dialog.querySelectorAll("[data-staying-while]")) {
    part.hidden = part.dataset.stayingWhile !== what;
  }
  status.textContent = "";
  if (!dialog.open) {
    // Escape closes it, and the browser leads focus in and back.
    dialog.showModal();
  }
  heading.focus();
}

function sayLast() {
  const last = dialog.querySelector("[data-staying-last]");
  last.textContent = dialog.open ? last.dataset.soon : "";
}

function wait() {
  timers.forEach(clearTimeout);
  const left = ends - Date.now();
  const soon = left - Number(place.dataset.warnedBefore) * SECOND;
  if (left > 0) {
    timers = [
      setTimeout(() => show("soon"), Math.max(0, soon)),
      setTimeout(sayLast, left - LAST * SECOND),
    ];
  }
  timers.push(setTimeout(() => show("over"), Math.max(0, left)));
}

function putOff(seconds, until) {
  ends = Date.now() + seconds * SECOND;
  for (const time of place.querySelectorAll("[data-staying-time]")) {
    time.textContent = until ?? time.textContent;
  }
  dialog.close();
  wait();
}

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
      show("over");
      return;
    }
    const { seconds, until } = await response.json();
    putOff(seconds, until);
    status.textContent = status.dataset.stayed;
    tabs?.postMessage({ of: place.dataset.of, seconds, until });
  } catch {
    // No network for a moment: as without scripts, which shows what is wrong.
    form.submit();
  }
}

function hear({ data }) {
  if (data.of === place.dataset.of && Date.now() + data.seconds * SECOND > ends) {
    putOff(data.seconds, data.until);
  }
}

function start() {
  const seconds = Number(place.dataset.staying) - Number(place.dataset.now);
  const until = place.querySelector("[data-staying-time]")?.textContent;
  ends = Date.now() + seconds * SECOND;
  wait();
  form?.addEventListener("submit", stay);
  dialog.querySelector("[data-staying-press]")?.addEventListener("click", stay);
  for (const button of dialog.querySelectorAll("[data-staying-close]")) {
    button.addEventListener("click", () => dialog.close());
  }
  // A computer that slept stopped the clocks.
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wait());
  tabs?.addEventListener("message", hear);
  tabs?.postMessage({ of: place.dataset.of, seconds, until });
}

if (place) {
  start();
}
