"""Requests that prove by DPoP which key they come from (RFC 9449)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from idp.oidc.dpop.proof import Reason
from idp.portal.trail.words.vocabulary import Catalogue, Words

_LIBRARY: Final = _("Let a library for DPoP make each proof.")
_NEW_PROOF: Final = _("Make a new proof, with its own jti, for each request.")
_NONCE: Final = _(
    "Libraries try again by themselves. If yours did not, have it put the nonce of the answer’s"
    " DPoP-Nonce header into the next proof, and sign a new client assertion too, if there was one."
)
_ONE_KEY: Final = _("Use one key from the authorization request to the last request.")
_CLOCK: Final = _("Compare the clock of the device with the Date header of our answers.")

WORDS: Final[Catalogue] = {
    "dpop_missing": Words(
        _("The request brought no DPoP proof, and needs one."),
        _("Send a proof in the DPoP header: the tokens of this application are bound to a key."),
    ),
    "dpop_nonce_missing": Words(
        _("The DPoP proof had no nonce of ours yet: the application was given one."), _NONCE
    ),
    "dpop_nonce_stale": Words(
        _("The nonce in the DPoP proof was too old or not ours: the application got another."),
        _NONCE,
    ),
    "dpop_used_before": Words(_("The DPoP proof was used before."), _NEW_PROOF),
    "dpop_other_key": Words(
        _("The access token is bound to another key than that of the proof."), _ONE_KEY
    ),
    "wrong_dpop_key": Words(
        _("The code is bound to another key than that of the proof."), _ONE_KEY
    ),
    "refresh_token_bound_to_another_key": Words(
        _("The refresh token is bound to a key that the request does not prove to hold."),
        _ONE_KEY,
    ),
    "bad_dpop_jkt": Words(
        _("The dpop_jkt is not the thumbprint of a key: {sent}"),
        _("Send the SHA-256 thumbprint of the public key, in base64url: 43 characters."),
    ),
    "dpop_jkt_differs": Words(
        _("The dpop_jkt names another key than that of the proof in the same request."), _ONE_KEY
    ),
    "wrong_scheme_bearer": Words(
        _("The access token is bound to a key, and came as a bearer token."),
        _("Send it as “Authorization: DPoP …”, with a proof in the DPoP header."),
    ),
    "wrong_scheme_dpop": Words(
        _("The access token is bound to no key, and came with the scheme DPoP."),
        _("Send it as “Authorization: Bearer …”."),
    ),
    Reason.NOT_A_JWT: Words(
        _("The DPoP header does not hold one signed JWT."),
        _("Send one DPoP header, with one proof in it."),
    ),
    Reason.HEADER_MEMBER: Words(
        _("The header of the DPoP proof has a member that may not be there."),
        _("Send typ, alg and jwk, at most a kid beside them."),
    ),
    Reason.TYP: Words(_("The typ of the DPoP proof is wrong."), _("Send the typ dpop+jwt.")),
    Reason.ALGORITHM: Words(
        _("The DPoP proof is signed by an algorithm that we do not take."),
        _("Sign it by ES256, PS256 or EdDSA."),
    ),
    Reason.KEY: Words(
        _("The jwk of the DPoP proof is no public key, or does not fit its alg."), _LIBRARY
    ),
    Reason.KEY_PRIVATE: Words(
        _("The jwk of the DPoP proof holds the private key."),
        _("Never send a private key: it is known now, so make another one."),
    ),
    Reason.SIGNATURE: Words(
        _("The signature of the DPoP proof is not by the key in its jwk."), _LIBRARY
    ),
    Reason.CLAIM_MISSING: Words(
        _("The DPoP proof lacks a claim."), _("Send jti, htm, htu and iat in each proof.")
    ),
    Reason.CLAIM_MALFORMED: Words(_("A claim of the DPoP proof has the wrong type."), _LIBRARY),
    Reason.METHOD: Words(
        _("The htm of the DPoP proof is not the method of the request."), _NEW_PROOF
    ),
    Reason.ADDRESS: Words(
        _("The htu of the DPoP proof is not the address of the request: {sent}"),
        _(
            "Send the address that is called, without query and fragment: the issuer, {issuer}, and"
            " the path."
        ),
    ),
    Reason.TOO_OLD: Words(_("The DPoP proof is too old."), _CLOCK),
    Reason.NOT_YET: Words(_("The DPoP proof is from the future."), _CLOCK),
    Reason.ACCESS_TOKEN: Words(
        _("The ath of the DPoP proof is not the hash of this access token."), _NEW_PROOF
    ),
}
