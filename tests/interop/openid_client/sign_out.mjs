// Sign-outs that the application begins, and those that it is told of.

import { createServer } from "node:http";
import { text } from "node:stream/consumers";

import { createRemoteJWKSet, jwtVerify } from "jose";
import * as oidc from "openid-client";

import { discovered } from "./application.mjs";
import { obtained } from "./sign_in.mjs";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";

export async function begun_here(given, resident) {
  const config = await discovered(given);
  const tokens = await obtained(config, given, resident);
  const { came_back, state } = await out(config, given, tokens, resident);
  return { came_back, state, access_token: tokens.access_token };
}

// Listens where it is registered to hear, then lets the resident sign out.
export async function heard(given, resident) {
  const config = await discovered(given);
  const claims = (await obtained(config, given, resident)).claims();
  const server = createServer().listen(given.port, "127.0.0.1");
  const told = arrival(server, claims.sid, (token) => checked(token, config));
  await resident.wait();
  return { claims, told: await told };
}

async function out(config, { application }, tokens, resident) {
  const state = oidc.randomState();
  const post_logout_redirect_uri = application.post_logout_redirect_uri;
  const parameters = { id_token_hint: tokens.id_token, post_logout_redirect_uri, state };
  const url = oidc.buildEndSessionUrl(config, parameters);
  return { came_back: await resident.travel(url, post_logout_redirect_uri), state };
}

// Back-Channel Logout 1.0 §2.5, §2.8: what is posted, checked before it is answered. News of other
// tests' sessions may come first, when nobody listened at their time.
function arrival(server, sid, check) {
  return new Promise((resolve, reject) => {
    server.on("request", async (request, response) => {
      try {
        const body = new URLSearchParams(await text(request));
        const told = await check(body.get("logout_token"));
        const heard = () => told.sid === sid && resolve(told);
        response.writeHead(200, { "cache-control": "no-store" }).end(heard);
      } catch (error) {
        response.writeHead(400).end(() => reject(error));
      }
    });
  });
}

// §2.6, by the library's own way to check signed tokens.
async function checked(token, config) {
  const { issuer, jwks_uri } = config.serverMetadata();
  const { payload } = await jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer,
    audience: config.clientMetadata().client_id,
    typ: "logout+jwt",
    algorithms: [config.clientMetadata().id_token_signed_response_alg],
    requiredClaims: ["iat", "exp", "jti", "sub", "sid", "events"],
    maxTokenAge: "2 minutes",
  });
  if ("nonce" in payload || !(EVENT in payload.events)) {
    throw new Error(`No logout token: ${JSON.stringify(payload)}`);
  }
  return payload;
}
