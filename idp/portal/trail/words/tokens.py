"""Requests to the token endpoint and to what takes tokens."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from idp.portal.trail.words.vocabulary import Catalogue, Words

_SIGN_IN_AGAIN: Final = _("Send the resident to the authorization endpoint again.")
_ONCE: Final = _("Exchange each code once, at once, and keep what comes of it.")
_REFRESH: Final = _("Get a new access token, by the refresh token or a new sign-in.")
_HEADER: Final = _("Send it as “Authorization: Bearer …”, and nowhere else.")
_OWN: Final = _("Send the access token of this provider as it came, unchanged.")
_NEW_DEVICE_CODE: Final = _("Ask {issuer}/device-authorization for a new device_code.")

WORDS: Final[Catalogue] = {
    "unsupported_grant_type": Words(
        _("The grant_type is none that we have: {sent}"),
        _("Send grant_type=authorization_code to exchange a code."),
    ),
    "grant_type_not_registered": Words(
        _("This application is not registered for this grant_type: {sent}"),
        _("Use the grant of the application’s kind, or register one of the kind that has it."),
    ),
    "code_unknown": Words(
        _("The code is none of ours, or it expired long ago."),
        _("Send the code as it came to the redirect URI, decoded once, within a minute."),
    ),
    "code_of_another_application": Words(
        _("The code was given to another application."),
        _("Use the same client ID in the authorization request and at the token endpoint."),
    ),
    "code_used": Words(_("The code was exchanged before."), _ONCE),
    "code_expired": Words(_("The code expired before it was exchanged."), _ONCE),
    "wrong_redirect_uri": Words(
        _(
            "The redirect_uri at the token endpoint is not the one of the authorization request:"
            " {sent}"
        ),
        _(
            "Send to the token endpoint, character by character, the redirect_uri that the"
            " authorization request had."
        ),
    ),
    "wrong_code_verifier": Words(
        _(
            "The code_verifier does not fit the code_challenge of the authorization request, or"
            " only one of the two was sent."
        ),
        _("Send the code_verifier from which this sign-in’s code_challenge was made."),
    ),
    "ended": Words(
        _("What the resident agreed to, or their sign-in, has ended since."), _SIGN_IN_AGAIN
    ),
    "refresh_token_unknown": Words(_("The refresh token is none of ours."), _SIGN_IN_AGAIN),
    "refresh_token_of_another_application": Words(
        _("The refresh token was given to another application."),
        _("Use the client ID that the refresh token was given to."),
    ),
    "refresh_token_revoked": Words(_("The refresh token was ended."), _SIGN_IN_AGAIN),
    "refresh_token_used": Words(
        _("The refresh token was used before: each is good once."),
        _("Keep the new refresh token of each answer, and send that one next."),
    ),
    "refresh_token_expired": Words(_("The refresh token expired."), _SIGN_IN_AGAIN),
    "scope_beyond_grant": Words(
        _("The scope names more than the resident agreed to for this refresh token: {sent}"),
        _("Leave scope out, or name scopes of the first token answer alone."),
    ),
    "resource_beyond_grant": Words(
        _("The resource is not the one of the authorization request: {sent}"),
        _("Send the same resource as in the authorization request, or leave it out."),
    ),
    "resource_missing": Words(
        _("This application may call several resources, and named none."),
        _("Send resource with the one that the token is for."),
    ),
    "not_a_service": Words(
        _("This application signs residents in, and asked for a token in its own name."),
        _("Register an application of the kind “service” for what no resident does."),
    ),
    "scope_missing": Words(
        _("The request did not say what the token is for."),
        _("Send scope with what the application wants to do at the resource."),
    ),
    "scope_beyond_resource": Words(
        _("The scope names what the resource does not have: {sent}"),
        _("Send scopes that the resource lists."),
    ),
    "device_code_unknown": Words(_("The device_code is none of ours."), _NEW_DEVICE_CODE),
    "device_code_of_another_application": Words(
        _("The device_code was given to another application."),
        _("Use the client ID that the device_code was given to."),
    ),
    "device_code_used": Words(_("The device_code was used before."), _NEW_DEVICE_CODE),
    "device_code_expired": Words(_("The device_code expired."), _NEW_DEVICE_CODE),
    "polled_too_fast": Words(
        _("The device asked again too soon."),
        _("Wait five seconds longer after each slow_down, as its answer says."),
    ),
    "resident_has_not_answered": Words(
        _("The resident has not answered yet."),
        _("Nothing is wrong: ask again after the interval."),
    ),
    "no_active_signing_key": Words(
        _("We had no key of this application’s algorithm to sign with."),
        _("The mistake is ours. Try again, and tell the council if it stays."),
    ),
    "no_token": Words(_("The request brought no access token."), _HEADER),
    "wrong_scheme": Words(_("The Authorization header is not of the kind Bearer."), _HEADER),
    "token_placement": Words(_("The access token came in the address, or in two places."), _HEADER),
    "access_token_revoked": Words(_("The access token was ended."), _REFRESH),
    "access_token_expired": Words(_("The access token expired."), _REFRESH),
    "token_of_no_resident": Words(
        _("The access token is a program’s own and stands for no resident."),
        _("Bring the access token of a sign-in."),
    ),
    "token_of_no_application": Words(_("The access token is of no application."), _OWN),
    "insufficient_scope": Words(
        _("The access token does not have the scope that is needed here."),
        _("Ask for the scope that the answer’s WWW-Authenticate names."),
    ),
    "token_of_another_application": Words(
        _("The token to be revoked was given to another application."),
        _("Revoke with the client ID that the token was given to."),
    ),
    "access_token_of_another_application": Words(
        _("The access token was given to another application."),
        _("Send the access token that this application got, with its own client ID."),
    ),
    "not_a_jwt": Words(_("What was brought as a token of ours is none."), _OWN),
    "foreign_header": Words(_("The token was made by somebody else."), _OWN),
    "wrong_typ": Words(
        _("The token is of another kind, such as an ID token where an access token belongs."),
        _("Bring the access_token of the token answer, not the id_token."),
    ),
    "unknown_or_revoked_key": Words(_("The key that signed the token is good no more."), _REFRESH),
    "key_revoked": Words(_("The key that signed the token is good no more."), _REFRESH),
    "jti_unknown": Words(_("The access token is none that we know."), _OWN),
    "jti_malformed": Words(_("The access token is none that we know."), _OWN),
    "unknown_subject": Words(
        _("The id_token_hint names nobody that this application knows."),
        _("Send an ID token of this application, or leave id_token_hint out."),
    ),
    "InvalidTokenError": Words(_("The token is not as we make them."), _OWN),
    "InvalidSignatureError": Words(_("The signature of the token is wrong."), _OWN),
    "DecodeError": Words(_("The token cannot be read."), _OWN),
    "ExpiredSignatureError": Words(_("The token expired."), _REFRESH),
    "ImmatureSignatureError": Words(_("The token is not good yet."), _OWN),
    "InvalidAudienceError": Words(
        _("The token is for somebody else: its aud is another."),
        _("Bring a token whose aud is who takes it; for userinfo, {issuer}."),
    ),
    "InvalidIssuerError": Words(_("The token is of another issuer."), _OWN),
    "InvalidIssuedAtError": Words(_("The token is from the future."), _OWN),
    "InvalidSubjectError": Words(_("The token names nobody."), _OWN),
    "InvalidJTIError": Words(_("The access token is none that we know."), _OWN),
    "InvalidAlgorithmError": Words(_("The token is signed by another algorithm."), _OWN),
    "InvalidKeyError": Words(_("The token was signed by a key of another kind."), _OWN),
    "MissingRequiredClaimError": Words(_("The token lacks a claim."), _OWN),
}
