// Sign-ins by the code flow: the request plain, pushed, signed or both, and what comes back.

import * as oidc from "openid-client";

import { discovered, signer } from "./application.mjs";

const WAYS = {
  plain: async (config, parameters) => oidc.buildAuthorizationUrl(config, parameters),
  pushed: oidc.buildAuthorizationUrlWithPAR,
  signed,
  "signed and pushed": async (config, parameters, key) => {
    const { searchParams } = await signed(config, parameters, key);
    return oidc.buildAuthorizationUrlWithPAR(config, searchParams);
  },
};

async function signed(config, parameters, key) {
  return oidc.buildAuthorizationUrlWithJAR(config, parameters, ...(await signer(key)));
}

// Who signed in, by the ID token and by userinfo.
export async function details(given, resident) {
  const config = await discovered(given);
  const tokens = await obtained(config, given, resident);
  const claims = tokens.claims();
  return { tokens, claims, details: await oidc.fetchUserInfo(config, tokens.access_token, claims.sub) };
}

export async function details_of_somebody_else(given, resident) {
  const config = await discovered(given);
  const tokens = await obtained(config, given, resident);
  return oidc.fetchUserInfo(config, tokens.access_token, "somebody else");
}

export async function by_form_post(given, resident) {
  const config = await discovered(given);
  const { redirect_uri } = given.application;
  const [parameters, checks] = await wish(given);
  const url = oidc.buildAuthorizationUrl(config, { ...parameters, response_mode: "form_post" });
  const body = new URLSearchParams(await resident.carry(url, redirect_uri));
  const request = new Request(redirect_uri, { method: "POST", body });
  const tokens = await oidc.authorizationCodeGrant(config, request, checks);
  return { claims: tokens.claims() };
}

// The other side looks between the two whether the first redemption holds.
export async function code_used_again(given, resident) {
  const config = await discovered(given);
  const { answer, checks } = await returned(config, given, resident);
  const tokens = await oidc.authorizationCodeGrant(config, answer, checks);
  await resident.wait({ access_token: tokens.access_token });
  return oidc.authorizationCodeGrant(config, answer, checks);
}

export async function pushed_request_used_again(given, resident) {
  const config = await discovered(given);
  const { redirect_uri } = given.application;
  const [parameters, checks] = await wish(given);
  const url = await oidc.buildAuthorizationUrlWithPAR(config, parameters);
  const answer = new URL(await resident.travel(url, redirect_uri));
  await oidc.authorizationCodeGrant(config, answer, checks);
  return resident.wait({ url: `${url}` });
}

export async function obtained(config, given, resident) {
  const { answer, checks } = await returned(config, given, resident);
  return oidc.authorizationCodeGrant(config, answer, checks, given.token_parameters);
}

async function returned(config, given, resident) {
  const { application, way = "plain", request_key = application.key } = given;
  const [parameters, checks] = await wish(given);
  const url = await WAYS[way](config, parameters, request_key);
  const answer = new URL(await resident.travel(url, application.redirect_uri));
  return { answer, checks };
}

async function wish({ application, parameters = {}, checks = {} }) {
  const expected = {
    pkceCodeVerifier: oidc.randomPKCECodeVerifier(),
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
    idTokenExpected: true,
  };
  const asked = {
    redirect_uri: application.redirect_uri,
    scope: application.scope,
    state: expected.expectedState,
    nonce: expected.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(expected.pkceCodeVerifier),
    code_challenge_method: "S256",
    ...parameters,
  };
  return [asked, { ...expected, ...checks }];
}
