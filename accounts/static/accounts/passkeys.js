// Passkeys and security keys: asks the server what to sign, the browser to sign it, and sends the
// answer with the page's form, so that the server answers with pages as it does without scripts.
//
// A page says what it wants on the hidden field for the answer: data-passkey is "get" or "create",
// data-options the address of the questions. What only works with scripts is shown by this one.

const field = document.querySelector("input[data-passkey]");
const form = field?.form;
const button = document.querySelector("[data-passkey-button]");
const status = document.querySelector("[data-passkey-status]");
// Less than a challenge lasts: what the name field waits with is renewed in time.
const RENEW = 4 * 60 * 1000;
let waiting;

const isSupported = () =>
  typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function" &&
  typeof window.PublicKeyCredential.parseCreationOptionsFromJSON === "function" &&
  typeof window.PublicKeyCredential.prototype.toJSON === "function";

async function question() {
  const data = new FormData(form);
  // The question depends on no password, so none is sent.
  data.delete("password");
  const response = await fetch(field.dataset.options, {
    method: "POST",
    body: new URLSearchParams(data),
    cache: "no-store",
  });
  // Led elsewhere, as to sign in again: the form will be too.
  return response.ok && !response.redirected ? response.json() : undefined;
}

function send(credential) {
  field.value = credential ? JSON.stringify(credential.toJSON()) : "";
  form.submit();
}

async function ask(more) {
  const options = await question();
  if (!options) {
    return undefined;
  }
  const { credentials } = navigator;
  return field.dataset.passkey === "create"
    ? credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options), ...more });
}

function say(error) {
  // InvalidStateError: the device has one already. NotAllowedError: refused, cancelled or too late.
  const words = { InvalidStateError: "known", NotAllowedError: "cancelled" };
  status.textContent = status.dataset[words[error.name] ?? "failed"] ?? status.dataset.failed;
}

async function onPress(event) {
  event.preventDefault();
  waiting?.abort();
  status.textContent = "";
  button.disabled = true;
  try {
    // Nothing to ask means that the form has errors: the server's answer shows them.
    send(await ask());
  } catch (error) {
    say(error);
    button.disabled = false;
    offerInField();
  }
}

const whenSeen = () =>
  new Promise((resolve) => {
    if (document.visibilityState === "visible") {
      resolve();
    } else {
      document.addEventListener("visibilitychange", () => resolve(whenSeen()), { once: true });
    }
  });

// Conditional mediation: the browser offers passkeys where it would offer saved names.
async function offerInField() {
  if (!("inField" in field.dataset)) {
    return;
  }
  const mine = new AbortController();
  waiting = mine;
  let isLate = true;
  while (isLate && waiting === mine) {
    isLate = false;
    await whenSeen();
    const turn = new AbortController();
    const renewal = setTimeout(() => {
      isLate = true;
      turn.abort();
    }, RENEW);
    mine.signal.addEventListener("abort", () => turn.abort());
    try {
      const credential = await ask({ mediation: "conditional", signal: turn.signal });
      if (credential) {
        send(credential);
      }
    } catch {
      // Renewed, or given up for the button: nobody has asked for anything that could fail.
    }
    clearTimeout(renewal);
  }
}

function show() {
  for (const part of document.querySelectorAll("[data-needs-passkeys]")) {
    part.hidden = false;
  }
  for (const part of document.querySelectorAll("[data-without-passkeys]")) {
    part.hidden = true;
  }
}

async function start() {
  button.addEventListener("click", onPress);
  if (await PublicKeyCredential.isConditionalMediationAvailable?.()) {
    offerInField();
  }
}

if (isSupported()) {
  show();
  if (field) {
    start();
  }
}
