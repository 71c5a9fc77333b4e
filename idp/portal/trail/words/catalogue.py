"""The words of a reason: its own, or those of the family that its name begins with."""

from collections.abc import Callable
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from clients.applications.wording import PROBLEMS
from idp.oidc.client_jwt import Reason
from idp.portal.trail.words import (
    authorization,
    certificates,
    clients,
    elsewhere,
    possession,
    residents,
    tokens,
)
from idp.portal.trail.words.vocabulary import Catalogue, Words

_WORDS: Final[Catalogue] = {
    **elsewhere.WORDS,
    **tokens.WORDS,
    **possession.WORDS,
    **certificates.WORDS,
    **clients.WORDS,
    **residents.WORDS,
    **authorization.WORDS,
}
_UNKNOWN: Final = Words(
    _("The request was refused."),
    _("Look at the error that was answered: its description says more."),
)
_WAIT: Final = _("Wait for as long as Retry-After says.")
# What may be wrong with the metadata of a registration.
_OF_REGISTRATION: Final[dict[str, Promise]] = {
    str(problem): words for problem, words in PROBLEMS.items()
}


def explained(reason: str) -> Words:
    """Return the words of a reason; there is always something to say."""
    return found(reason) or _UNKNOWN


def found(reason: str) -> Words | None:
    """Return the words of a reason, None for one that nobody wrote words for."""
    if reason in _WORDS:
        return _WORDS[reason]
    if reason in _OF_REGISTRATION:
        words = _OF_REGISTRATION[reason]
        return Words(_("The registration of {parameter} was refused."), words)
    for beginning, family in _FAMILIES.items():
        if reason.startswith(beginning):
            return family(reason.removeprefix(beginning))
    return None


def _of_jwt(what: Promise) -> Callable[[str], Words | None]:
    def words(reason: str) -> Words | None:
        if reason not in list(Reason):
            return None
        happened, fix = clients.OF_JWTS[Reason(reason)]
        return Words(format_lazy("{} {}", what, happened), fix)

    return words


def _missing(parameter: str) -> Words:
    del parameter  # the entry names it
    return Words(_("The parameter {parameter} is missing."), _("Send {parameter}."))


def _unfit(member: str) -> Words:
    del member
    return Words(
        _("The member {parameter} is not as it must be."),
        _("Send {parameter} as the specification describes it."),
    )


def _claims(fault: str) -> Words:
    del fault
    return Words(
        _("The claims parameter is not the JSON that it must be."),
        _('Send an object such as {{"userinfo": {{"email": null}}}}, or leave claims out.'),
    )


def _json(fault: str) -> Words:
    del fault
    return Words(
        _("The body is not the JSON that it must be."),
        _("Send one JSON object in UTF-8, each member once."),
    )


def _old_id(fault: str) -> Words:
    del fault
    return Words(
        _("The old_user_id cannot be one."),
        _("Send 1 to 255 visible characters, with no space at either end."),
    )


def _hint(reason: str) -> Words:
    del reason
    return Words(
        _("The id_token_hint is not an ID token of ours for this application."),
        _("Send an ID token that this application got, unchanged, or leave id_token_hint out."),
    )


def _unread(reason: str) -> Words:
    del reason
    return Words(
        _("The address in {parameter} could not be read."),
        _("Serve it over https on the public internet, without redirects, with status 200."),
    )


def _limited(reason: str) -> Words:
    """Say of the reason behind the limit, where it has one, what it was."""
    parts = reason.split("_")
    for start in range(len(parts)):
        known = found("_".join(parts[start:]))
        if known is not None:
            happened = format_lazy("{} {}", _("Too many requests failed."), known.happened)
            return Words(happened, format_lazy("{} {}", known.fix, _WAIT))
    return Words(_("There were too many requests."), _WAIT)


_FAMILIES: Final[dict[str, Callable[[str], Words | None]]] = {
    "client_assertion_": _of_jwt(_("The client assertion was refused.")),
    "request_object_": _of_jwt(_("The signed request was refused.")),
    "request_uri_": _unread,
    "sector_": _unread,
    "claims_": _claims,
    "hint_": _hint,
    "json_": _json,
    "missing_": _missing,
    "old_user_id_": _old_id,
    "unfit_": _unfit,
    "url_": _unread,
    "limited_": _limited,
}
