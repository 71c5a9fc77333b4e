"""What became of a message, in words."""

from http import HTTPStatus
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.security.outgoing.refusals import FetchProblem
from idp.models import Delivery, SecurityEvent

STATES: Final[dict[str, str | Promise]] = {
    Delivery.State.QUEUED: gettext_lazy("Waiting"),
    Delivery.State.DELIVERED: gettext_lazy("Taken"),
    Delivery.State.REFUSED: gettext_lazy("Refused by your server"),
    Delivery.State.EXPIRED: gettext_lazy("Given up"),
    SecurityEvent.State.DROPPED: gettext_lazy("Dropped with its stream"),
}
COLOURS: Final[dict[str, str]] = {
    Delivery.State.QUEUED: "govuk-tag--blue",
    Delivery.State.DELIVERED: "govuk-tag--green",
    Delivery.State.REFUSED: "govuk-tag--red",
    Delivery.State.EXPIRED: "govuk-tag--red",
    SecurityEvent.State.DROPPED: "govuk-tag--grey",
}
_ERRORS: Final[dict[str, str | Promise]] = {
    FetchProblem.UNKNOWN_HOST: gettext_lazy("The host of the address is unknown."),
    FetchProblem.ADDRESS_INSIDE: gettext_lazy(
        "The host is not on the public internet, and is not asked."
    ),
    FetchProblem.UNREACHABLE: gettext_lazy("Nothing answers at the address."),
    FetchProblem.TLS: gettext_lazy("The server’s certificate is not good."),
    FetchProblem.TIMED_OUT: gettext_lazy("Your server took longer than five seconds."),
    FetchProblem.REDIRECT: gettext_lazy("Your server answered with a redirect: give the end."),
    FetchProblem.TOO_LARGE: gettext_lazy("Your server’s answer was too long."),
    FetchProblem.ENCODED: gettext_lazy("Your server’s answer was compressed."),
    FetchProblem.MALFORMED: gettext_lazy("Your server’s answer was no HTTP."),
    "no_signing_key": gettext_lazy("We had no key to sign with. The mistake is ours."),
    "not_wanted": gettext_lazy("The application takes none any more, or is suspended."),
    "expired": gettext_lazy("Its time was up."),
}


def last_answer(status: int | None, error: str) -> str:
    """Return what came of the last try, in words; empty before the first."""
    if error:
        return str(_ERRORS.get(error, _("Your server answered with an error: {error}"))).format(
            error=error
        )
    if status is None:
        return ""
    return _("Your server answered HTTP {status} ({phrase}).").format(
        status=status, phrase=_phrase(status)
    )


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return _("no standard status")
