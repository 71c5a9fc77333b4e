// The waiting page goes on when the address is confirmed elsewhere. Without scripts, "Continue" does.

const FIRST_WAIT = 3000;
const LONGEST_WAIT = 15000;

const place = document.querySelector("[data-sign-up-status]");
let wait = FIRST_WAIT;
let timer;

async function look() {
  clearTimeout(timer);
  try {
    const response = await fetch(place.dataset.signUpStatus, { cache: "no-store" });
    if (response.ok && (await response.json()).standing !== "waiting") {
      // Not reload(): after a wrong code that would send the code again.
      location.replace(location.href);
      return;
    }
  } catch {
    // No network for a moment: the next look may have it.
  }
  wait = Math.min(wait * 1.1, LONGEST_WAIT);
  timer = setTimeout(look, wait);
}

if (place) {
  timer = setTimeout(look, wait);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      wait = FIRST_WAIT;
      look();
    }
  });
}
