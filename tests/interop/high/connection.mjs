// How a service reaches the provider at its public address, with a certificate of its own if any.

import { ProxyAgent, fetch } from "undici";

// Why it was refused, where it was (RFC 6749 §5.2, RFC 6750 §3).
async function error(response) {
  if (response.status < 400) return "";
  const challenge = response.headers.get("www-authenticate") ?? "";
  const named = /error="([^"]*)"/.exec(challenge);
  return named ? named[1] : (await response.clone().json()).error;
}

export function connection({ proxy, authority, certificate }) {
  const dispatcher = new ProxyAgent({ uri: proxy, requestTls: { ca: authority, ...certificate } });
  // Each request that a library made, for whoever asks what really happened.
  const seen = [];
  const connected = async (url, options) => {
    const response = await fetch(url, { ...options, dispatcher });
    const { host, pathname } = new URL(url);
    const type = response.headers.get("content-type") ?? "";
    seen.push({ host, path: pathname, status: response.status, type, error: await error(response) });
    return response;
  };
  return { connected, seen };
}
