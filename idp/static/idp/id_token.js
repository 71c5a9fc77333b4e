// Reads an ID token and checks its signature here in the browser: nothing of it is sent anywhere.
const known = JSON.parse(document.getElementById("known").textContent);
const place = (id) => document.getElementById(id);

const ALGORITHMS = {
  ES256: [{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }],
  RS256: [{ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, { name: "RSASSA-PKCS1-v1_5" }],
  PS256: [{ name: "RSA-PSS", hash: "SHA-256" }, { name: "RSA-PSS", saltLength: 32 }],
  EdDSA: [{ name: "Ed25519" }, { name: "Ed25519" }],
};
const TIMES = new Set(["exp", "iat", "auth_time", "nbf"]);

function bytes(part) {
  const text = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function parsed(part) {
  const found = JSON.parse(new TextDecoder().decode(bytes(part)));
  if (typeof found !== "object" || found === null) throw new TypeError("no object");
  return found;
}

// The algorithm is the key's, never the header's (RFC 8725 §3.1).
async function signature(parts, header) {
  const key = known.keys.find((one) => one.kid === header.kid);
  if (!key) return "no_key";
  try {
    const [imported, used] = ALGORITHMS[key.alg];
    const material = await crypto.subtle.importKey("jwk", key, imported, false, ["verify"]);
    const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
    const good = await crypto.subtle.verify(used, material, bytes(parts[2]), signed);
    return good ? "good" : "bad";
  } catch {
    return "unable";
  }
}

function faults(claims) {
  const audience = [claims.aud].flat();
  return [
    claims.iss !== known.issuer && "other_issuer",
    !audience.includes(known.client) && "other_client",
    !(claims.exp > Date.now() / 1000) && "expired",
  ].filter(Boolean);
}

function say(names) {
  const list = names.map((name) => {
    const line = document.createElement("p");
    line.className = "govuk-body govuk-!-font-weight-bold";
    line.textContent = known.words[name];
    return line;
  });
  place("said").replaceChildren(...list);
}

function shown(name, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (!TIMES.has(name) || typeof value !== "number") return text;
  const moment = new Date(value * 1000);
  return Number.isNaN(moment.getTime()) ? text : `${text} (${moment.toLocaleString()})`;
}

function list(id, members, explained) {
  const rows = Object.entries(members).map(([name, value]) => {
    const row = document.createElement("div");
    row.className = "govuk-summary-list__row";
    const key = document.createElement("dt");
    key.className = "govuk-summary-list__key";
    key.textContent = name;
    const cell = document.createElement("dd");
    cell.className = "govuk-summary-list__value govuk-!-text-break-word";
    cell.textContent = shown(name, value);
    if (explained) {
      const words = document.createElement("p");
      words.className = "govuk-hint govuk-!-margin-bottom-0";
      words.textContent = Object.hasOwn(known.claims, name)
        ? known.claims[name]
        : known.words.unexplained;
      cell.append(words);
    }
    row.append(key, cell);
    return row;
  });
  place(id).replaceChildren(...rows);
}

async function read() {
  const parts = place("token").value.trim().split(".");
  place("found").hidden = true;
  let header, claims;
  try {
    if (parts.length !== 3) throw new TypeError("not three parts");
    [header, claims] = [parsed(parts[0]), parsed(parts[1])];
  } catch {
    say(["not_a_jwt"]);
    return;
  }
  list("header", header, false);
  list("claims", claims, true);
  place("found").hidden = false;
  say([await signature(parts, header), ...faults(claims)]);
}

place("reader").hidden = false;
place("read").addEventListener("click", read);
