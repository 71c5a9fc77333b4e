// FAPI 2.0 by openid-client: pushed requests, keys or certificates, signed messages.

import * as oidc from "openid-client";

import { authentication, signer } from "../openid_client/application.mjs";
import { connection } from "./connection.mjs";

// A whole visit: everything that a service does with the provider.
export async function visit(given, resident) {
  const { config, seen, again: anew } = await discovered(given);
  const { answer, checks } = await returned(config, given, resident, await anew());
  const redeems = { DPoP: await anew() };
  const tokens = await oidc.authorizationCodeGrant(config, answer, checks, undefined, redeems);
  const claims = tokens.claims();
  const DPoP = await anew();
  const details = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub, { DPoP });
  const again = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  const once_more = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  const introspected = await oidc.tokenIntrospection(config, once_more.access_token);
  await oidc.tokenRevocation(config, tokens.refresh_token);
  const after = await oidc.tokenIntrospection(config, once_more.access_token);
  return { answer: `${answer}`, tokens, claims, details, again, introspected, after, seen };
}

// Of the standard profile: a refresh token is replaced at each use.
export async function visit_that_rotates(given, resident) {
  const { config, seen, DPoP } = await discovered(given);
  const tokens = await obtained(config, given, resident, DPoP);
  const again = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  const details = await oidc.fetchUserInfo(config, again.access_token, tokens.claims().sub, { DPoP });
  return { tokens, again, details, seen };
}

// A signed answer to a request in the address, by the way that its response_mode names.
export async function answered(given, resident) {
  const { config } = await discovered(given);
  const [parameters, checks] = await wish(given);
  const url = oidc.buildAuthorizationUrl(config, parameters);
  // The library itself asks for "jwt", whatever it is told.
  url.searchParams.set("response_mode", given.mode);
  const answer = await brought(url, given, resident);
  const tokens = await oidc.authorizationCodeGrant(config, answer, checks);
  return { claims: tokens.claims() };
}

// The code's proof is by another key than that of the pushed request.
export async function code_by_another_key(given, resident) {
  const { config, DPoP } = await discovered(given);
  const { answer, checks } = await returned(config, given, resident, DPoP);
  const other = await held(config, given);
  return oidc.authorizationCodeGrant(config, answer, checks, undefined, { DPoP: other });
}

export async function refresh_by_another_key(given, resident) {
  const { config, DPoP } = await discovered(given);
  const tokens = await obtained(config, given, resident, DPoP);
  const other = await held(config, given);
  return oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP: other });
}

export async function details_by_another_key(given, resident) {
  const { config, DPoP } = await discovered(given);
  const tokens = await obtained(config, given, resident, DPoP);
  const other = await held(config, given);
  return oidc.fetchUserInfo(config, tokens.access_token, oidc.skipSubjectCheck, { DPoP: other });
}

// As a thief has it: the token without what it is bound to.
export async function details_as_bearer(given, resident) {
  const { config, DPoP } = await discovered(given);
  const { access_token } = await obtained(config, given, resident, DPoP);
  const { config: thief } = await discovered({ ...given, certificate: given.thief });
  return oidc.fetchUserInfo(thief, access_token, oidc.skipSubjectCheck);
}

export async function pushed(given) {
  const { config, DPoP } = await discovered(given);
  const [parameters] = await wish(given);
  return `${await asked(config, parameters, given, DPoP)}`;
}

// Without a pushed request, as the standard profile allows.
export async function in_the_address(given, resident) {
  const { config } = await discovered(given);
  const [parameters, checks] = await wish(given);
  const url = oidc.buildAuthorizationUrl(config, parameters);
  const answer = new URL(await resident.travel(url, given.application.redirect_uri));
  return oidc.authorizationCodeGrant(config, answer, checks);
}

async function discovered(given) {
  const { issuer, application, aliases } = given;
  const { connected, seen } = connection(given);
  const metadata = { ...application.metadata, use_mtls_endpoint_aliases: aliases };
  const proof = await authentication(application);
  const execute = [oidc.enableNonRepudiationChecks];
  if (given.signs || given.jarm) execute.push(oidc.useJwtResponseMode);
  const options = { [oidc.customFetch]: connected, execute };
  const found = await oidc.discovery(new URL(issuer), application.client_id, metadata, proof, options);
  const keys = given.holds ? await oidc.randomDPoPKeyPair(given.holds) : undefined;
  // The same key, in a handle that knows no nonce yet.
  const again = () => (keys ? oidc.getDPoPHandle(found, keys) : undefined);
  return { config: found, seen, DPoP: again(), again };
}

async function held(config, { holds }) {
  return oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair(holds));
}

async function obtained(config, given, resident, DPoP) {
  const { answer, checks } = await returned(config, given, resident, DPoP);
  return oidc.authorizationCodeGrant(config, answer, checks, undefined, { DPoP });
}

async function returned(config, given, resident, DPoP) {
  const [parameters, checks] = await wish(given);
  const url = await asked(config, parameters, given, DPoP);
  return { answer: await brought(url, given, resident), checks };
}

async function brought(url, { application, mode = "" }, resident) {
  const { redirect_uri } = application;
  if (!mode.startsWith("form_post")) return new URL(await resident.travel(url, redirect_uri));
  const body = new URLSearchParams(await resident.carry(url, redirect_uri));
  return new Request(redirect_uri, { method: "POST", body });
}

async function asked(config, parameters, { application, signs, request_key }, DPoP) {
  if (!signs) return oidc.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
  const key = await signer(request_key ?? application.key);
  const { searchParams } = await oidc.buildAuthorizationUrlWithJAR(config, parameters, ...key);
  return oidc.buildAuthorizationUrlWithPAR(config, searchParams, { DPoP });
}

async function wish({ application, parameters = {} }) {
  const checks = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
    idTokenExpected: true,
  };
  const { redirect_uri, scope } = application;
  const code_challenge = await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier);
  const named = { state: checks.expectedState, nonce: checks.expectedNonce };
  const challenge = { code_challenge, code_challenge_method: "S256" };
  return [{ redirect_uri, scope, ...named, ...challenge, ...parameters }, checks];
}
