// Sign-outs that the application begins.

import * as oidc from "openid-client";

import { discovered } from "./application.mjs";
import { obtained } from "./sign_in.mjs";

export async function begun_here(given, resident) {
  const config = await discovered(given);
  const tokens = await obtained(config, given, resident);
  const { came_back, state } = await out(config, given, tokens, resident);
  return { came_back, state, access_token: tokens.access_token };
}

async function out(config, { application }, tokens, resident) {
  const state = oidc.randomState();
  const post_logout_redirect_uri = application.post_logout_redirect_uri;
  const parameters = { id_token_hint: tokens.id_token, post_logout_redirect_uri, state };
  const url = oidc.buildEndSessionUrl(config, parameters);
  return { came_back: await resident.travel(url, post_logout_redirect_uri), state };
}
