"""What services were told about an account's owner, and what happened with them."""

from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.export.part import Asked, Column, Part
from accounts.export.shapes import FACTS, TEXTS
from accounts.models import AuditEvent
from clients.models import Application
from idp.export.sight import in_sight, private
from idp.models import (
    Delivery,
    Disclosure,
    PairwiseSubject,
    Participant,
    RemovedSubject,
    SecurityEvent,
)
from idp.oidc.sharing.wording import LABELS

_SERVICE: Final = _("Service")
_STATE: Final = _("State")
_TRIES: Final = _("How often we tried")
_TROUBLE: Final = _("What went wrong")


def _history(asked: Asked) -> QuerySet[Any]:
    rows = AuditEvent.objects.filter(account_id=asked.account.pk).exclude(application_id="")
    if not asked.includes_private:
        rows = rows.exclude(application_id__in=private(asked).values("client_id"))
    names = Application.objects.filter(client_id=OuterRef("application_id")).values("name")
    return rows.annotate(service=Subquery(names))


def _sign_outs(asked: Asked) -> QuerySet[Any]:
    own = PairwiseSubject.objects.filter(account=asked.account).values("subject")
    rows = Delivery.objects.filter(subject__in=own)
    return in_sight(rows, asked).select_related("application")


PARTS: Final = (
    Part(
        "given_to_services",
        _("What services were given"),
        lambda asked: in_sight(
            Disclosure.objects.filter(account=asked.account), asked
        ).select_related("application"),
        (
            Column("service", _SERVICE, "application.name"),
            Column("agreement", _("Number of the agreement"), "consent_id"),
            Column("how", _("How"), "endpoint"),
            Column("details", _("Details"), "claims", TEXTS, LABELS),
            Column("day", _("Day")),
            Column("times", _("How often"), "count"),
            Column("last_at", _("The last time")),
        ),
    ),
    Part(
        "signed_in_to_services",
        _("Services that you were signed in to"),
        lambda asked: in_sight(
            Participant.objects.filter(session__account=asked.account), asked
        ).select_related("application"),
        (
            Column("service", _SERVICE, "application.name"),
            Column("signed_in", _("Number of where you were signed in"), "session_id"),
            Column("number", _("What the service calls it"), "sid"),
            Column("since", _("Since"), "created_at"),
            Column("signed_out_at", _("Signed out of it alone")),
        ),
    ),
    Part(
        "sign_outs_told",
        _("Services that we told you had signed out"),
        _sign_outs,
        (
            Column("service", _SERVICE, "application.name"),
            Column("number", _("What the service calls where you were signed in"), "sid"),
            Column("known_as", _("Your number there"), "subject"),
            Column("state", _STATE),
            Column("created_at", _("Since")),
            Column("expires_at", _("Tried until")),
            Column("tries", _TRIES),
            Column("tried_at", _("Last tried")),
            Column("next_try_at", _("Tried next")),
            Column("done_at", _("Done")),
            Column("answer", _("Number that it answered with"), "last_status"),
            Column("trouble", _TROUBLE, "last_error"),
        ),
        order="created_at",
    ),
    Part(
        "news_told",
        _("News that services were told"),
        lambda asked: in_sight(
            SecurityEvent.objects.filter(account=asked.account), asked, "stream__application"
        ).select_related("stream__application"),
        (
            Column("number", _("Number"), "id"),
            Column("service", _SERVICE, "stream.application.name"),
            Column("known_as", _("Your number there"), "subject"),
            Column("signed_in_as", _("What the service calls where you were signed in"), "sid"),
            Column("news", _("News"), "event_type"),
            Column("more", _("More"), "body", FACTS),
            Column("act", _("Number of what caused it"), "txn"),
            Column("state", _STATE),
            Column("created_at", _("Since")),
            Column("expires_at", _("Tried until")),
            Column("tries", _TRIES),
            Column("tried_at", _("Last tried")),
            Column("next_try_at", _("Tried next")),
            Column("answer", _("Number that it answered with"), "last_status"),
            Column("trouble", _TROUBLE, "last_error"),
            Column("done_at", _("Done")),
        ),
        order="created_at",
    ),
    Part(
        "no_news_wanted",
        _("Services that want no news of you"),
        lambda asked: in_sight(
            RemovedSubject.objects.filter(account=asked.account), asked, "stream__application"
        ).select_related("stream__application"),
        (
            Column("service", _SERVICE, "stream.application.name"),
            Column("since", _("Since"), "removed_at"),
        ),
    ),
    Part(
        "history_with_services",
        _("What happened with services"),
        _history,
        (
            Column("at", _("When")),
            Column("event", _("What")),
            Column("service", _SERVICE, covers=("application_id",)),
            Column("by", _("By"), "actor_kind"),
            Column("signed_in", _("Number of where you were signed in"), "session_id"),
            Column("about", _("About"), "object_kind"),
            Column("reason", _("Reason")),
            Column("detail", _("More"), shape=FACTS),
            Column("help_code", _("Help code")),
            Column("case", _("Case"), "case_reference"),
        ),
    ),
)
