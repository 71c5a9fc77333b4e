"""Ways in which what a service tells of itself changes."""

from collections.abc import Callable
from typing import Any

from accounts.audit.actor import OPERATOR
from clients.applications.changing import operations as changing
from clients.applications.registration import Changes, Told
from clients.models import Application, ApplicationScope

NOTICE = "https://service.example.org/privacy-2"
Change = Callable[[Application], object]


def tell(scope: str = "email", **told: str) -> Change:
    return lambda application: changing.tell(
        application=application, scope=scope, told=Told(**told), by=OPERATOR
    )


def change(**changes: Any) -> Change:
    return lambda application: changing.change(
        application=application, changes=Changes(**changes), by=OPERATOR
    )


def rename_organisation(application: Application) -> None:
    application.organisation.name = "Another Trust"
    application.organisation.save()


TERMS: dict[str, Change] = {
    "purpose": tell(purpose="To send you news"),
    "lawful basis": tell(lawful_basis="contract"),
    "retention": tell(retention="Ten years"),
    "notice": tell(privacy_notice=NOTICE),
    "notice version": tell(notice_version="2"),
    "notice of all": change(privacy_url=NOTICE),
}
NAMES: dict[str, Change] = {
    "its name": change(name="Rates"),
    "its organisation's name": rename_organisation,
}


def make_optional(application: Application) -> None:
    tell(lawful_basis=ApplicationScope.LawfulBasis.CONSENT)(application)
