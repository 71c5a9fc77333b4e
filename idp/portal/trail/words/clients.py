"""How an application proved, or did not prove, who it is."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from idp.oidc.client_jwt import Reason
from idp.portal.trail.words.vocabulary import Catalogue, Words

_ONE_WAY: Final = _("Authenticate in one way: the one that this application is registered with.")
_BASIC: Final = _(
    "Send “Authorization: Basic ” and the base64 of client ID, colon and secret, each of the two"
    " form-encoded first."
)
_NEW_SECRET: Final = _(
    "Put this application’s current secret into the client, or make a new one on its credentials"
    " page."
)
_SIGN: Final = _(
    "Sign a new assertion for each request, good for five minutes at most: also where a request is"
    " sent again with a nonce."
)

WORDS: Final[Catalogue] = {
    "unknown_client": Words(
        _("No application has this client ID."),
        _("Send client_id as this application’s credentials page shows it."),
    ),
    "wrong_secret": Words(_("The client secret is wrong."), _NEW_SECRET),
    "secret_expired": Words(_("The client secret that was sent has expired."), _NEW_SECRET),
    "secret_revoked": Words(_("The client secret that was sent was ended."), _NEW_SECRET),
    "wrong_auth_method": Words(
        _("The request authenticated by {sent}, and this application is registered with {method}."),
        _("Set the library’s token_endpoint_auth_method to {method}."),
    ),
    "application_not_active": Words(
        _("This application, or its organisation, is suspended."),
        _("Ask the council why. Nothing in the request can mend this."),
    ),
    "public_client": Words(
        _("This application has neither secret nor key, and asked for what needs one."),
        _("Register an application of a kind that keeps a secret."),
    ),
    "two_methods": Words(_("The request authenticated in two ways at once."), _ONE_WAY),
    "two_clients": Words(
        _("The body names another application than the Authorization header."),
        _("Leave client_id out of the body, or send the same in both."),
    ),
    "no_client": Words(
        _("The request did not say which application is calling."),
        _("Send client_id, or the Authorization header."),
    ),
    "not_basic": Words(_("The Authorization header is not HTTP Basic."), _BASIC),
    "malformed_basic": Words(_("The HTTP Basic credentials cannot be read."), _BASIC),
    "client_assertion_type": Words(
        _("The client_assertion_type is none that we have."),
        _(
            "Send client_assertion_type="
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer with client_assertion."
        ),
    ),
    "client_assertion_used_before": Words(
        _("The client assertion was used before: its jti is not new."), _SIGN
    ),
    "client_assertion_subject": Words(
        _("The sub of the client assertion is no client ID."),
        _("Put the client ID into iss and sub of the assertion."),
    ),
    "client_assertion_of_another_client": Words(
        _("The sub of the client assertion is another client ID than client_id."),
        _("Put the same client ID into iss and sub of the assertion, and leave client_id out."),
    ),
}

# Of any JWT that an application signed, whether an assertion or a request.
OF_JWTS: Final[dict[Reason, Words]] = {
    Reason.TOO_LONG: Words(_("It is too long."), _("Put less into it.")),
    Reason.NOT_A_JWT: Words(
        _("It is no signed JWT in compact form."),
        _("Send three base64url parts with dots between, unencrypted."),
    ),
    Reason.NOT_STRICT_JSON: Words(
        _("It does not hold plain JSON objects."), _("Let a library make it, each member once.")
    ),
    Reason.HEADER_MEMBER: Words(
        _("Its header holds a member that it must not."),
        _("Send alg, kid and typ alone in the header."),
    ),
    Reason.TYP: Words(
        _("Its typ is that of another kind of JWT."),
        _("Send typ “JWT” with an assertion, “oauth-authz-req+jwt” with a signed request."),
    ),
    Reason.UNSIGNED: Words(
        _("It is not signed: its alg is none."), _("Sign it with this application’s private key.")
    ),
    Reason.ALGORITHM: Words(
        _("Its alg is not one that is taken from this application."),
        _(
            "Sign by the algorithm that this application is registered with: in the high "
            "profile by ES256, PS256 or EdDSA."
        ),
    ),
    Reason.CLAIM_MISSING: Words(
        _("It lacks a claim that it needs."),
        _(
            "An assertion has iss, sub, aud, exp and jti; a signed request of the high profile "
            "iss, aud, nbf and exp."
        ),
    ),
    Reason.CLAIM_MALFORMED: Words(
        _("One of its claims has the wrong type."),
        _("Send times as numbers, and iss, sub and jti as texts."),
    ),
    Reason.ISSUER: Words(_("Its iss is not the client ID."), _("Put the client ID into iss.")),
    Reason.SUBJECT: Words(
        _("Its sub is not right."),
        _("Put the client ID into the sub of an assertion, and no sub into a request."),
    ),
    Reason.AUDIENCE: Words(
        _("Its aud is not this provider alone, or is a list where it must be one text."),
        _(
            "Put {issuer} alone into aud, as a text: in the high profile a list of one is refused"
            " too."
        ),
    ),
    Reason.EXPIRED: Words(
        _("It has expired."), _("Sign a new one for each request, and set the server’s clock.")
    ),
    Reason.LIVES_TOO_LONG: Words(
        _("Its exp is too far ahead."),
        _(
            "Let an assertion live for five minutes; a signed request of the high profile may end "
            "an hour after its nbf."
        ),
    ),
    Reason.NOT_YET: Words(
        _("Its nbf or iat is in the future."), _("Set the clock of the server that signs it.")
    ),
    Reason.NO_KEY: Words(
        _("No registered key of this application fits its kid and alg."),
        _("Register the public key that it is signed with, or correct kid."),
    ),
    Reason.SEVERAL_KEYS: Words(
        _("Several registered keys of this application fit it."),
        _("Name the key by kid in the header."),
    ),
    Reason.KEYS_UNREACHABLE: Words(
        _("The keys at this application’s jwks_uri could not be read."),
        _("Serve the key set there as JSON with status 200, over https."),
    ),
    Reason.SIGNATURE: Words(
        _("Its signature is wrong."),
        _("Sign it with the private key that belongs to the registered public one."),
    ),
}
