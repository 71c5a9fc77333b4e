"""Requests that come with a certificate, or should (RFC 8705)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from idp.oidc.mtls.certificate import Reason
from idp.portal.trail.words.vocabulary import Catalogue, Words

_RENEW: Final = _("Let the application come with a certificate that is valid now.")

WORDS: Final[Catalogue] = {
    Reason.MISSING: Words(
        _("The request came without a certificate, and needs one."),
        _("Send it to the address under mtls_endpoint_aliases in our metadata, by mutual TLS."),
    ),
    Reason.MALFORMED: Words(
        _("The certificate of the request cannot be read, or there were several."),
        _("Come with one X.509 certificate that openssl x509 -text can read."),
    ),
    Reason.EXPIRED: Words(_("The certificate of the request has expired."), _RENEW),
    Reason.NOT_YET: Words(_("The certificate of the request is not valid yet."), _RENEW),
    Reason.UNTRUSTED: Words(
        _("No authority that we trust vouches for the certificate of the request."),
        _(
            "Send the whole chain, from an authority that the council named, or register the "
            "application with self_signed_tls_client_auth and the certificate’s key."
        ),
    ),
    Reason.SUBJECT: Words(
        _("The certificate of the request has another subject than was registered."),
        _("Compare the subject of the certificate, letter by letter, with the registered one."),
    ),
    Reason.KEY: Words(
        _("The key of the request’s certificate is none of the application’s registered keys."),
        _("Register the public key of the certificate among the application’s keys."),
    ),
    "certificate_other": Words(
        _("The access token is bound to another certificate than that of the request."),
        _("Use a token with the certificate that it was got with; after a change, get a new one."),
    ),
}
