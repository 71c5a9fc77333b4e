"""Why a resident is asked again what they agreed to before, in their words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clients.models import Application
from clients.scopes import SCOPES
from idp.consent import queries as consents
from idp.consent.rules import Answer, Coverage, How, of_scope
from idp.models import Consent
from idp.oidc.authorize.situation import Situation
from idp.oidc.optional import ToShare
from idp.oidc.sharing.page import Detail
from idp.oidc.sharing.wording import LABELS, named


@dataclass(frozen=True)
class _Asked:
    """What is asked now, and the agreement of before."""

    application: Application
    former: Consent
    asked: ToShare
    details: list[Detail]

    @property
    def was_told(self) -> bool:
        """Whether nobody agreed to any of it."""
        return How.AGREED not in {answer.how for answer in self._answers}

    @property
    def since(self) -> datetime:
        """When the oldest part of it came about."""
        return min((answer.at for answer in self._answers), default=self.former.granted_at)

    @property
    def _answers(self) -> list[Answer]:
        return list(consents.agreed_of(self.former).answers().values())

    def labels(self, scopes: list[str]) -> str:
        return named([str(detail.label) for detail in self.details if detail.scope in scopes])


def why(
    application: Application, now: Situation, asked: ToShare, details: list[Detail]
) -> list[str]:
    """Return each reason, to follow "because"; none where nothing was agreed before."""
    if now.consent is None:
        return []
    known = _Asked(application, now.consent, asked, details)
    if not now.gaps:
        # prompt=consent (OIDC Core §3.1.2.1).
        return [_("{service} wants you to look at it again").format(service=application.name)]
    return [reason for gap in now.gaps for reason in _REASONS[gap](known)]


def still_agreed(application: Application, now: Situation, asked: ToShare) -> set[str]:
    """Return the scopes that were agreed to on the terms of now, by a service of this name.

    They alone may be ticked when the page opens: a tick that nobody set is no agreement.
    """
    former = now.consent
    if former is None or Coverage.APPLICATION_CHANGED in now.gaps:
        return set()
    answers = consents.agreed_of(former).answers()
    told = {name for name in former.scopes if answers[of_scope(name)].how is How.TOLD}
    changed = consents.changed_terms(former, asked.shown(application))
    return set(former.scopes).difference(changed, told)


def _expired(known: _Asked) -> list[str]:
    day = date_format(localtime(known.since), "j F Y")
    if known.was_told:
        return [_("we do so after some time, and we last told you of it on {day}").format(day=day)]
    return [_("we do so after some time, and you agreed on {day}").format(day=day)]


def _renamed(known: _Asked) -> list[str]:
    service, organisation = known.application.name, known.application.organisation.name
    former = known.former
    reasons = []
    if former.application_name != service:
        text = (
            _("{service} was called {former} when we told you of it")
            if known.was_told
            else _("{service} was called {former} when you agreed")
        )
        reasons.append(text.format(service=service, former=former.application_name))
    if former.organisation_name != organisation:
        text = (
            _("{organisation} runs {service} now, and {former} did when we told you of it")
            if known.was_told
            else _("{organisation} runs {service} now, and {former} did when you agreed")
        )
        names = {"organisation": organisation, "former": former.organisation_name}
        reasons.append(text.format(service=service, **names))
    return reasons


def _more(known: _Asked) -> list[str]:
    answered = consents.agreed_of(known.former)
    asked, added = known.asked.scopes, _new_details(known)
    names = known.asked.claim_names - added
    scopes = [
        name
        for name, scope in SCOPES.items()
        if (name in asked and name not in answered.answered_scopes)
        or names.intersection(scope.claims) - answered.answered_claims
    ]
    text = _("{service} asks for more than before, namely {details}")
    return [text.format(service=known.application.name, details=known.labels(scopes))]


def _added(known: _Asked) -> list[str]:
    labels = [str(label) for claim, label in LABELS.items() if claim in _new_details(known)]
    text = _("there is something about you that it does not get yet, namely {details}")
    return [text.format(details=named(labels))]


def _new_details(known: _Asked) -> set[str]:
    asked = known.asked
    return consents.added(known.former, scopes=asked.scopes, claims=asked.claim_names)


def _other_terms(known: _Asked) -> list[str]:
    scopes = consents.changed_terms(known.former, known.asked.shown(known.application))
    text = _("{organisation} has changed what it says about {details}")
    organisation = known.application.organisation.name
    return [text.format(organisation=organisation, details=known.labels(scopes))]


def _address_gone(known: _Asked) -> list[str]:
    text = _(
        "the email address that you chose for {service} was removed from your account, or marked as"
        " not safe. It gets none until you choose one"
    )
    return [text.format(service=known.application.name)]


_REASONS: Final[dict[Coverage, Callable[[_Asked], list[str]]]] = {
    Coverage.CONSENT_EXPIRED: _expired,
    Coverage.APPLICATION_CHANGED: _renamed,
    Coverage.MORE_ASKED_FOR: _more,
    Coverage.DETAILS_ADDED: _added,
    Coverage.TERMS_CHANGED: _other_terms,
    Coverage.ADDRESS_GONE: _address_gone,
}
