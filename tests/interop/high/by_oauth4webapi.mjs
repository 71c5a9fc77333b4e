// FAPI 2.0 by oauth4webapi, which leaves each step and each second try to its caller.

import { importJWK } from "jose";
import * as oauth from "oauth4webapi";

import { connection } from "./connection.mjs";

// A whole visit: everything that a service does with the provider.
export async function visit(given, resident) {
  const service = await begun(given);
  const { answer, tokens, claims } = await signed_in(service, resident, { forgets: true });
  service.options = service.anew();
  const details = await looked_up(service, tokens.access_token, claims.sub);
  const again = await refreshed(service, tokens.refresh_token);
  await refreshed(service, tokens.refresh_token);
  const introspected = await introspection(service, again.access_token);
  await revoked(service, tokens.refresh_token);
  const after = await introspection(service, again.access_token);
  const { seen } = service;
  return { answer, tokens, claims, details, again, introspected, after, seen };
}

// Of the standard profile: a refresh token is replaced at each use.
export async function visit_that_rotates(given, resident) {
  const service = await begun(given);
  const { tokens, claims } = await signed_in(service, resident);
  const again = await refreshed(service, tokens.refresh_token);
  const details = await looked_up(service, again.access_token, claims.sub);
  return { tokens, again, details, seen: service.seen };
}

// The code's proof is by another key than that of the pushed request.
export async function code_by_another_key(given, resident) {
  const service = await begun(given);
  return signed_in(service, resident, { redeems: await begun(given) });
}

export async function refresh_by_another_key(given, resident) {
  const { tokens } = await signed_in(await begun(given), resident);
  return refreshed(await begun(given), tokens.refresh_token);
}

export async function details_by_another_key(given, resident) {
  const { tokens } = await signed_in(await begun(given), resident);
  return looked_up(await begun(given), tokens.access_token, oauth.skipSubjectCheck);
}

// As a thief has it: the token without what it is bound to.
export async function details_as_bearer(given, resident) {
  const { tokens } = await signed_in(await begun(given), resident);
  const thief = await begun({ ...given, certificate: given.thief, holds: "" });
  return looked_up(thief, tokens.access_token, oauth.skipSubjectCheck);
}

// Another application takes the signed answer for its own, as after a mix-up (JARM §2.4).
export async function answer_to_another(given, resident) {
  const service = await begun(given);
  const { answer, parameters } = await returned(service, resident);
  const other = { ...service.client, client_id: given.other };
  return oauth.validateJwtAuthResponse(service.as, other, answer, parameters.state, service.options);
}

export async function pushed(given) {
  const service = await begun(given);
  const { parameters } = await wish(given);
  return pushed_once(service, parameters);
}

// Without a pushed request, as the standard profile allows.
export async function in_the_address(given, resident) {
  const { as, client } = await begun(given);
  const { parameters } = await wish(given);
  const url = new URL(as.authorization_endpoint);
  const asked = { client_id: client.client_id, ...parameters };
  for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
  const answer = new URL(await resident.travel(url, given.application.redirect_uri));
  return oauth.validateAuthResponse(as, client, answer, parameters.state);
}

// `redeems`: who exchanges the code, if not who asked for it; one that `forgets` knows no nonce then.
async function signed_in(service, resident, { redeems = service, forgets = false } = {}) {
  const { answer, validated, parameters, verifier } = await returned(service, resident);
  if (forgets) service.options = service.anew();
  const { redirect_uri } = service.given.application;
  const tokens = await redeemed(redeems, validated, redirect_uri, verifier, parameters.nonce);
  return { answer: `${answer}`, tokens, claims: oauth.getValidatedIdTokenClaims(tokens) };
}

async function returned(service, resident) {
  const { as, client, given, options } = service;
  const { parameters, verifier } = await wish(given);
  const link = await pushed_once(service, parameters);
  const url = new URL(as.authorization_endpoint);
  url.searchParams.set("client_id", client.client_id);
  url.searchParams.set("request_uri", link.request_uri);
  const answer = new URL(await resident.travel(url, given.application.redirect_uri));
  const validated = await (given.signs
    ? oauth.validateJwtAuthResponse(as, client, answer, parameters.state, options)
    : oauth.validateAuthResponse(as, client, answer, parameters.state));
  return { answer, validated, parameters, verifier };
}

async function begun(given) {
  const { issuer, application, aliases, holds } = given;
  const { connected, seen } = connection(given);
  const options = { [oauth.customFetch]: connected };
  const address = new URL(issuer);
  const found = await oauth.discoveryRequest(address, options);
  const as = await oauth.processDiscoveryResponse(address, found);
  const client = {
    client_id: application.client_id,
    ...application.metadata,
    use_mtls_endpoint_aliases: aliases,
  };
  const auth = await proof(application);
  const keys = holds ? await oauth.generateKeyPair(holds) : undefined;
  // The same key, in a handle that knows no nonce yet.
  const anew = () => ({ ...options, DPoP: keys ? oauth.DPoP(client, keys) : undefined });
  return { as, client, auth, options: anew(), anew, seen, given };
}

async function proof({ client_secret, method, key }) {
  if (method === "client_secret_basic") return oauth.ClientSecretBasic(client_secret);
  if (method !== "private_key_jwt") return oauth.TlsClientAuth();
  return oauth.PrivateKeyJwt({ key: await importJWK(key, key.alg), kid: key.kid });
}

// The request, and once more where the provider asks for its nonce (RFC 9449 §8).
async function twice(once) {
  try {
    return await once();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return once();
  }
}

async function pushed_once(service, parameters) {
  const { as, client, auth, options, given } = service;
  const sent = given.signs ? { request: await signed(service, parameters) } : parameters;
  return twice(async () => {
    const response = await oauth.pushedAuthorizationRequest(as, client, auth, sent, options);
    return oauth.processPushedAuthorizationResponse(as, client, response);
  });
}

async function signed({ as, client, given }, parameters) {
  const key = given.request_key ?? given.application.key;
  const by = { key: await importJWK(key, key.alg), kid: key.kid };
  return oauth.issueRequestObject(as, client, parameters, by);
}

async function redeemed(service, validated, redirect_uri, verifier, expectedNonce) {
  const { as, client, auth, options } = service;
  return twice(async () => {
    const response = await oauth.authorizationCodeGrantRequest(
      ...[as, client, auth, validated, redirect_uri, verifier, options],
    );
    const expected = { expectedNonce, requireIdToken: true };
    return oauth.processAuthorizationCodeResponse(as, client, response, expected);
  });
}

async function looked_up(service, token, sub) {
  const { as, client, options } = service;
  return twice(async () => {
    const response = await oauth.userInfoRequest(as, client, token, options);
    return oauth.processUserInfoResponse(as, client, sub, response);
  });
}

async function refreshed(service, token) {
  const { as, client, auth, options } = service;
  return twice(async () => {
    const response = await oauth.refreshTokenGrantRequest(as, client, auth, token, options);
    return oauth.processRefreshTokenResponse(as, client, response);
  });
}

// Signed, whoever asks (RFC 9701).
async function introspection({ as, client, auth, options }, token) {
  const wanted = { ...options, requestJwtResponse: true };
  const response = await oauth.introspectionRequest(as, client, auth, token, wanted);
  return oauth.processIntrospectionResponse(as, client, response, options);
}

async function revoked({ as, client, auth, options }, token) {
  const response = await oauth.revocationRequest(as, client, auth, token, options);
  return oauth.processRevocationResponse(response);
}

async function wish({ application, signs, parameters = {} }) {
  const verifier = oauth.generateRandomCodeVerifier();
  const asked = {
    response_type: "code",
    redirect_uri: application.redirect_uri,
    scope: application.scope,
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(signs ? { response_mode: "jwt" } : {}),
    ...parameters,
  };
  return { parameters: asked, verifier };
}
