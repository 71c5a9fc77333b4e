// A device without a browser: it shows a code, and its owner goes to the address that it names.

import * as oidc from "openid-client";

import { discovered } from "./application.mjs";

const GRANT = "urn:ietf:params:oauth:grant-type:device_code";

export async function let_in(given, resident) {
  const config = await discovered(given);
  const started = await shown(config, given, resident);
  const tokens = await oidc.pollDeviceAuthorizationGrant(config, at_once(started));
  const claims = tokens.claims();
  const details = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  return { started, claims, details };
}

export async function let_in_twice_by_one_code(given, resident) {
  const config = await discovered(given);
  const started = at_once(await shown(config, given, resident));
  await oidc.pollDeviceAuthorizationGrant(config, started);
  return oidc.pollDeviceAuthorizationGrant(config, started);
}

// Asks for tokens as often as it is told to, whatever is answered.
export async function polled(given, resident) {
  const config = await discovered(given);
  const { device_code } = await shown(config, given, resident);
  const answers = [];
  while (answers.length < given.times) {
    answers.push(await oidc.genericGrantRequest(config, GRANT, { device_code }).catch((error) => error.error));
  }
  return answers;
}

export async function polled_by_another(given, resident) {
  const started = await shown(await discovered(given), given, resident);
  const config = await discovered({ ...given, application: given.other });
  return oidc.pollDeviceAuthorizationGrant(config, at_once(started));
}

async function shown(config, { application }, resident) {
  const started = await oidc.initiateDeviceAuthorization(config, { scope: application.scope });
  await resident.wait(started);
  return started;
}

// Its owner has answered: there is nothing to wait for.
function at_once(started) {
  return { ...started, interval: 0 };
}
