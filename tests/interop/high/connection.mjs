// How a service reaches the provider at its public address, with a certificate of its own if any.

import { ProxyAgent, fetch } from "undici";

export function connection({ proxy, authority, certificate }) {
  const dispatcher = new ProxyAgent({ uri: proxy, requestTls: { ca: authority, ...certificate } });
  // Each request that a library made, for whoever asks what really happened.
  const seen = [];
  const connected = async (url, options) => {
    const response = await fetch(url, { ...options, dispatcher });
    const { host, pathname } = new URL(url);
    seen.push({ host, path: pathname, status: response.status });
    return response;
  };
  return { connected, seen };
}
