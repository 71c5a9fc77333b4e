// Says what is wrong with a field when it is left. Without scripts, sending the form does.

const mark = document.querySelector("[data-checked]");
const form = mark?.parentElement.querySelector("form");

function show(box, message) {
  const group = box.closest(".govuk-form-group");
  const id = `${box.id}-error`;
  const others = (box.getAttribute("aria-describedby") || "").split(" ").filter((one) => one && one !== id);
  document.getElementById(id)?.remove();
  group.classList.toggle("govuk-form-group--error", Boolean(message));
  box.classList.toggle(box.matches("textarea") ? "govuk-textarea--error" : "govuk-input--error", Boolean(message));
  if (message) {
    const place = document.createElement("p");
    const prefix = document.createElement("span");
    place.id = id;
    place.className = "govuk-error-message";
    prefix.className = "govuk-visually-hidden";
    prefix.textContent = `${mark.dataset.checked}: `;
    place.append(prefix, message);
    box.before(place);
    others.push(id);
  }
  box.setAttribute("aria-describedby", others.join(" "));
}

// A message that comes or goes moves what is below it. A button that moved away between press and
// release would not be clicked, so that whoever leaves a box by pressing it had to press again.
const RELEASED = ["pointerup", "pointercancel"];
let held = false;
addEventListener("pointerdown", () => { held = true; }, true);
for (const end of RELEASED) {
  addEventListener(end, () => { held = false; }, true);
}

function released() {
  return new Promise((resolve) => {
    if (!held) {
      resolve();
      return;
    }
    for (const end of RELEASED) {
      // The click is told of after the release, and before any timer.
      addEventListener(end, () => setTimeout(resolve), { once: true });
    }
  });
}

async function check(box) {
  if (!box.value.trim()) {
    return;
  }
  const typed = box.value;
  const sent = new URLSearchParams(new FormData(form));
  sent.set("checking", "yes");
  try {
    const response = await fetch(location.href, { method: "POST", body: sent, redirect: "error" });
    const found = response.ok ? await response.json() : {};
    await released();
    if (box.value === typed && box.name in found) {
      show(box, found[box.name]);
    }
  } catch {
    // No network for a moment: sending the form tells.
  }
}

for (const box of form?.querySelectorAll("input[type=text], textarea") ?? []) {
  box.addEventListener("change", () => check(box));
}
