"""Reads which services know an account, and which of them were asked to erase."""

from django.db.models import QuerySet

from accounts.closing.erasures import Erasure
from accounts.models import Account, AccountClosing
from clients.models import Application
from idp.models import Consent, ErasureRequest
from idp.privacy.erasure.wording import words
from idp.privacy.queries import kept_apart
from idp.ssf.event_types import EventType
from idp.ssf.queries import streams_about


def known_to(account: Account) -> QuerySet[Application]:
    """Return the services that the account ever shared with, by name."""
    rows = Application.objects.filter(
        pk__in=Consent.objects.filter(account=account).values("application")
    )
    return rows.select_related("organisation").order_by("name", "slug")


def can_be_asked(account: Account) -> set[int]:
    """Return the services that take such messages; the others must be asked by their users."""
    wanted = EventType.ERASURE_REQUESTED.uri
    streams = streams_about(account, application=None, former_too=True)
    return {stream.application_id for stream in streams if wanted in stream.events_delivered}


def chosen(closing: AccountClosing) -> QuerySet[ErasureRequest]:
    """Return the services that were chosen for this closing, by name."""
    rows = ErasureRequest.objects.filter(closing=closing).select_related("application")
    return rows.order_by("application__name", "application__slug")


def asked_of(closing: AccountClosing, *, private_too: bool) -> list[Erasure]:
    """Return the same as the pages of accounts show it."""
    rows = chosen(closing)
    shown = rows if private_too else kept_apart(rows, closing.account, private=False)
    return [Erasure(row.application.name, row.application.home_url, words(row)) for row in shown]
