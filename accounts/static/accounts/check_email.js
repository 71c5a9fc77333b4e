// The waiting page goes on when the address is confirmed elsewhere. Without scripts, "Continue" does.

const FIRST_WAIT = 3000;
const LONGEST_WAIT = 15000;
// Long enough for a screen reader to begin saying why the page changes.
const NOTICE = 1500;

const place = document.querySelector("[data-sign-up-status]");
const code = document.querySelector("input[name=code]");
let wait = FIRST_WAIT;
let timer;

// Not reload(): after a wrong code that would send the code again.
const goOn = () => location.replace(location.href);

function moveOn(standing) {
  if (standing !== "confirmed") {
    goOn();
  } else if (code === document.activeElement && code.value) {
    // Somebody is typing: the page is not taken away from under their hands.
    place.textContent = place.dataset.goOn;
  } else {
    place.textContent = place.dataset.goingOn;
    setTimeout(goOn, NOTICE);
  }
}

async function look() {
  clearTimeout(timer);
  try {
    const response = await fetch(place.dataset.signUpStatus, { cache: "no-store" });
    const standing = response.ok ? (await response.json()).standing : "waiting";
    if (standing !== "waiting") {
      document.removeEventListener("visibilitychange", lookWhenSeen);
      moveOn(standing);
      return;
    }
  } catch {
    // No network for a moment: the next look may have it.
  }
  wait = Math.min(wait * 1.1, LONGEST_WAIT);
  timer = setTimeout(look, wait);
}

function lookWhenSeen() {
  if (document.visibilityState === "visible") {
    wait = FIRST_WAIT;
    look();
  }
}

if (place) {
  timer = setTimeout(look, wait);
  document.addEventListener("visibilitychange", lookWhenSeen);
}
