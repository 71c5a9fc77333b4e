// What an application does with tokens, with its resident away or without any.

import * as oauth from "oauth4webapi";
import * as oidc from "openid-client";

import { discovered } from "./application.mjs";
import { obtained } from "./sign_in.mjs";

export async function refreshed(given, resident) {
  const config = await discovered(given);
  const tokens = await obtained(config, given, resident);
  const again = await oidc.refreshTokenGrant(config, tokens.refresh_token);
  const [before, after] = [tokens.claims(), again.claims()];
  const details = await oidc.fetchUserInfo(config, again.access_token, before.sub);
  return { tokens, again, before, after, details };
}

export async function refreshed_twice_with_one_token(given, resident) {
  const config = await discovered(given);
  const { refresh_token } = await obtained(config, given, resident);
  await oidc.refreshTokenGrant(config, refresh_token);
  return oidc.refreshTokenGrant(config, refresh_token);
}

export async function revoked(given, resident) {
  const config = await discovered(given);
  const tokens = await obtained(config, given, resident);
  const before = await introspected(config, tokens);
  await oidc.tokenRevocation(config, tokens.refresh_token, { token_type_hint: "refresh_token" });
  return { before, after: await introspected(config, tokens), tokens };
}

export async function refreshed_after_revocation(given, resident) {
  const config = await discovered(given);
  const { refresh_token } = await obtained(config, given, resident);
  await oidc.tokenRevocation(config, refresh_token);
  return oidc.refreshTokenGrant(config, refresh_token);
}

export async function details_after_revocation(given, resident) {
  const config = await discovered(given);
  const { access_token } = await obtained(config, given, resident);
  await oidc.tokenRevocation(config, access_token);
  return oidc.fetchUserInfo(config, access_token, oidc.skipSubjectCheck);
}

export async function of_its_own(given) {
  const config = await discovered(given);
  return oidc.clientCredentialsGrant(config, given.token_parameters);
}

export async function introspection({ token, ...given }) {
  return oidc.tokenIntrospection(await discovered(given), token);
}

// As an API checks a token that it is sent, by RFC 9068.
export async function checked_by_an_api({ token, audience, ...given }) {
  const config = await discovered(given);
  const request = new Request(audience, { headers: { authorization: `Bearer ${token}` } });
  const insecure = { [oauth.allowInsecureRequests]: true };
  return oauth.validateJwtAccessToken(config.serverMetadata(), request, audience, insecure);
}

async function introspected(config, { access_token, refresh_token }) {
  const tokens = [access_token, refresh_token];
  return Promise.all(tokens.map((token) => oidc.tokenIntrospection(config, token)));
}
