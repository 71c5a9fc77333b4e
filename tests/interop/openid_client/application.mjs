// What every flow begins with: the provider as discovered, and how the application proves itself.

import * as oidc from "openid-client";
import { importJWK } from "jose";

export async function discovered({ issuer, application, server = {} }) {
  const { client_id, metadata } = application;
  const proof = await authentication(application);
  const insecure = { execute: [oidc.allowInsecureRequests] };
  const found = await oidc.discovery(new URL(issuer), client_id, metadata, proof, insecure);
  const config = new oidc.Configuration({ ...found.serverMetadata(), ...server }, client_id, metadata, proof);
  oidc.allowInsecureRequests(config);
  // Over TLS the library may leave signatures unchecked; here it shall check every one.
  oidc.enableNonRepudiationChecks(config);
  return config;
}

export async function authentication({ method, client_secret, key }) {
  switch (method) {
    case "client_secret_basic":
      return oidc.ClientSecretBasic(client_secret);
    case "client_secret_post":
      return oidc.ClientSecretPost(client_secret);
    case "private_key_jwt":
      return oidc.PrivateKeyJwt(...(await signer(key)));
    case "tls_client_auth":
    case "self_signed_tls_client_auth":
      return oidc.TlsClientAuth();
    case "none":
      return oidc.None();
  }
}

export async function signer(jwk) {
  const signs = { key: await importJWK(jwk, jwk.alg), kid: jwk.kid };
  // The library names Ed25519 as RFC 9864 does; the provider knows it as EdDSA (RFC 8037) so far.
  const asRegistered = (header) => { header.alg = jwk.alg; };
  return [signs, { [oidc.modifyAssertion]: asRegistered }];
}
