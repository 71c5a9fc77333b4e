// An application that registers itself, and goes on with what it was told.

import * as oidc from "openid-client";

import { authentication } from "./application.mjs";
import { obtained } from "./sign_in.mjs";

export async function signed_in_after(given, resident) {
  const config = await registered(given);
  const metadata = config.clientMetadata();
  const application = { redirect_uri: metadata.redirect_uris[0], scope: metadata.scope };
  const tokens = await obtained(config, { ...given, application }, resident);
  const claims = tokens.claims();
  const details = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  return { metadata, claims, details };
}

// What it was told at first, and what the provider says of it later (RFC 7592 §2.1).
export async function read_back(given) {
  const config = await registered(given);
  const { registration_access_token, registration_client_uri, ...told } = config.clientMetadata();
  const uri = new URL(registration_client_uri);
  const answer = await oidc.fetchProtectedResource(config, registration_access_token, uri, "GET");
  return { told, later: await answer.json() };
}

export async function registered({ issuer, wanted, initial_access_token, key }) {
  const method = wanted.token_endpoint_auth_method ?? "client_secret_basic";
  const config = await oidc.dynamicClientRegistration(
    new URL(issuer),
    wanted,
    await authentication({ method, key }),
    { initialAccessToken: initial_access_token, execute: [oidc.allowInsecureRequests] },
  );
  oidc.enableNonRepudiationChecks(config);
  return config;
}
