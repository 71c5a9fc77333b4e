"""The protocol: OpenID Connect and OAuth 2.0, one module a specification.

Owns what travels between an application and the provider. Must not know how a resident signs in,
nor how pages look.

| specification | module |
|---|---|
| OpenID Connect Core §2 (ID token) | id_token |
| OpenID Connect Core §3.1.2 (authorization endpoint), RFC 6749 §4.1.1 | authorize |
| OpenID Connect Core §3.1.2.4 (consent) | sharing |
| OpenID Connect Core §4 (a sign-in that begins here) | initiation |
| OpenID Connect Core §5.3 (userinfo) | userinfo |
| OpenID Connect Core §5.4 (claims by scope) | claims |
| OpenID Connect Core §5.5 (claims parameter) | claims_parameter, authorize.checks.claims |
| OpenID Connect Core §8 (pairwise subjects) | subjects |
| OpenID Connect Core §2 `acr`, `amr`, §3.1.2.1 `acr_values`; RFC 8176; REFEDS | assurance |
| OpenID Connect Discovery, RFC 8414 (metadata) | discovery |
| OpenID Connect RP-Initiated Logout | logout |
| OpenID Connect Front-Channel Logout | logout.frontchannel |
| OpenID Connect Front-Channel Logout §3, Back-Channel Logout §2.1 (`sid`) | participants |
| RFC 6749 §2.3 (client authentication) | client_auth |
| RFC 6749 §3.2, §5 (token endpoint) | token |
| RFC 6749 §3.1.2, RFC 8252 §7.3, RFC 9700 §4.1.3 (redirect URIs) | authorize.redirect_uri |
| RFC 6749 §4.1.2, RFC 9207 (authorization response, `iss`) | authorize.response |
| OAuth 2.0 Form Post Response Mode | authorize.response, authorize.response_mode |
| RFC 6749 §4.1.2, §4.1.3 (codes and their exchange) | codes |
| RFC 6749 §4.4 (client credentials) | client_credentials |
| RFC 6749 §6 (refresh), RFC 9700 §4.14 (rotation) | refresh |
| RFC 6749 §5.2, RFC 6750 §3.1 (errors) | errors |
| RFC 6749 Appendix B (form parameters) | parameters |
| RFC 6750 (bearer tokens) | bearer |
| RFC 7009 (revocation) | revocation |
| RFC 7515, RFC 8725 (JWTs that applications signed) | client_jwt |
| RFC 7517, OpenID Connect Core §10.1 (applications' keys) | client_keys, fetched_keys |
| RFC 7521 §4.2, RFC 7523 §3 (`private_key_jwt`) | client_assertion |
| RFC 7493 (I-JSON) | strict_json |
| RFC 7591, RFC 7592, OpenID Connect Registration | registration |
| RFC 7636 (PKCE) | pkce |
| RFC 7662 (introspection) | introspection |
| RFC 8628 §3.1 to §3.3 (device authorization, user codes) | device |
| RFC 8628 §3.4, §3.5 (device codes and their exchange) | device_codes |
| RFC 7800 §3.1 (tokens bound to a key) | confirmation |
| RFC 8705 (mutual TLS) | mtls, confirmation |
| RFC 8707 (resource indicators) | resource, authorize.checks.resource |
| RFC 8485 (vectors of trust) | vectors, trustmark, authorize.checks.vectors |
| RFC 9068 (JWT access tokens) | access_token |
| RFC 9101, OpenID Connect Core §6 (request objects) | request_object, authorize.checks |
| RFC 9701 (signed introspection answers) | introspection |
| JARM (signed authorization responses) | authorize.signed_response |
| FAPI 2.0 Security Profile, Message Signing (the high profile) | fapi |
| RFC 9126 (pushed authorization requests) | par, authorize.pushed |
| RFC 9449 (DPoP) | dpop, confirmation, protected |
| RFC 9470 §3 (challenge for a stronger sign-in) | bearer |
| RFC 9470 §5, Unmet Authentication Requirements (levels not reached) | authorize.views |
| RFC 8936, RFC 6750 (polls, tokens for streams) | streams.polling, streams.authorization |
| OpenID Shared Signals Framework §7, §8 (metadata, streams) | streams |
| Fetch (cross-origin requests) | cors |

OpenID Connect Session Management is not offered: a service would watch a page of ours in a frame of
its own, and browsers keep our cookies from that by now. Services hear of sign-outs by front channel
and back channel.
"""
