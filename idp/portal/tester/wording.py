"""What a run found, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.portal.tester.rules import Check, Mistake

# What passed, and what it means when it did not.
CHECKS: Final[dict[Check, tuple[str | Promise, str | Promise]]] = {
    Check.SIGNED_ANSWER: (
        _("The answer came in a JWT (response) that we signed for this application."),
        _("The JWT (response) is not one that we signed for this application, or expired. Stop."),
    ),
    Check.STATE: (
        _("The state that came back is the one that was sent."),
        _("The state is not the one that was sent: the answer is to another request. Stop here."),
    ),
    Check.ISSUER_OF_ANSWER: (
        _("The answer names this provider in iss."),
        _("The answer does not name this provider in iss: it may be another’s. Stop here."),
    ),
    Check.SIGNATURE: (
        _("The ID token’s signature is good, by a key of our jwks_uri."),
        _("The ID token’s signature is wrong: nobody knows who made it. Refuse it."),
    ),
    Check.ISSUER: (
        _("The iss of the ID token is this provider."),
        _("The iss of the ID token is another provider. Refuse it."),
    ),
    Check.AUDIENCE: (
        _("The aud of the ID token is this application."),
        _("The aud of the ID token is another application. Refuse it."),
    ),
    Check.EXPIRY: (
        _("The ID token has not expired."),
        _("The ID token has expired. Refuse it, and set the server’s clock."),
    ),
    Check.NONCE: (
        _("The nonce in the ID token is the one that the client expects."),
        _(
            "The nonce in the ID token is not the one that the client expects: it may be of"
            " another sign-in. Keep the nonce that you send with the browser’s session, and"
            " compare with that one."
        ),
    ),
}
MISTAKES: Final = [
    (Mistake.NONE, _("Do nothing wrong")),
    (Mistake.NONCE, _("Expect another nonce than was sent")),
    (Mistake.STATE, _("Expect another state than was sent")),
    (Mistake.VERIFIER, _("Send another code_verifier to the token endpoint")),
    (Mistake.REDIRECT_URI, _("Send another redirect_uri to the token endpoint")),
]
