// FAPI 2.0 by oauth4webapi, which leaves each step and each second try to its caller.

import { importJWK } from "jose";
import * as oauth from "oauth4webapi";

import { connection } from "./connection.mjs";

// A whole visit: everything that a service does with the provider.
export async function visit(given, resident) {
  const service = await begun(given);
  const { redirect_uri } = given.application;
  const { parameters, verifier } = await wish(given);
  const link = await pushed(service, parameters);
  const url = new URL(service.as.authorization_endpoint);
  url.searchParams.set("client_id", service.client.client_id);
  url.searchParams.set("request_uri", link.request_uri);
  const answer = new URL(await resident.travel(url, redirect_uri));
  const validated = await (given.signs
    ? oauth.validateJwtAuthResponse(service.as, service.client, answer, parameters.state, service.options)
    : oauth.validateAuthResponse(service.as, service.client, answer, parameters.state));
  service.options = service.anew();
  const tokens = await redeemed(service, validated, redirect_uri, verifier, parameters.nonce);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  service.options = service.anew();
  const details = await looked_up(service, tokens.access_token, claims.sub);
  const again = await refreshed(service, tokens.refresh_token);
  await refreshed(service, tokens.refresh_token);
  const introspected = await introspection(service, again.access_token);
  await revoked(service, tokens.refresh_token);
  const after = await introspection(service, again.access_token);
  const { seen } = service;
  return { answer: `${answer}`, tokens, claims, details, again, introspected, after, seen };
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

async function proof({ method, key }) {
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

async function pushed(service, parameters) {
  const { as, client, auth, options, given } = service;
  const sent = given.signs ? { request: await signed(service, parameters) } : parameters;
  return twice(async () => {
    const response = await oauth.pushedAuthorizationRequest(as, client, auth, sent, options);
    return oauth.processPushedAuthorizationResponse(as, client, response);
  });
}

async function signed({ as, client, given }, parameters) {
  const { key } = given.application;
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
