"""What an account's owner agreed to share, with which services, and with which not."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.export.part import Asked, Column, Part, Shape, Value
from accounts.export.shapes import MOMENT, TEXT, TEXTS, list_of, things
from clients.models import ApplicationScope
from clients.scopes import SCOPES
from idp.export.sight import in_sight, private
from idp.models import Block, Consent, ErasureRequest, HiddenService, OldUserId, PairwiseSubject
from idp.oidc.sharing.wording import LABELS
from idp.old_user_ids import queries as old_ids

_SERVICE: Final = _("Service")
_ORGANISATION: Final = _("Run by")
_SCOPES: Final[dict[str, Promise]] = {name: scope.label for name, scope in SCOPES.items()}
_HOW: Final[dict[str, Promise]] = {
    Consent.Kind.AGREED: _("You agreed"),
    Consent.Kind.TOLD: _("You were told, not asked"),
    Consent.Kind.CHANGED: _("You changed it in your account"),
}
_BASES: Final[dict[str, Promise]] = {
    ApplicationScope.LawfulBasis.PUBLIC_TASK: _("Work that the law gives them"),
    ApplicationScope.LawfulBasis.CONSENT: _("Because you agreed"),
    ApplicationScope.LawfulBasis.CONTRACT: _("To give you what you ask for"),
    ApplicationScope.LawfulBasis.LEGAL_OBLIGATION: _("The law requires it"),
}


def _agreements(asked: Asked) -> QuerySet[Any]:
    rows = Consent.objects.filter(account=asked.account)
    return in_sight(rows, asked).select_related("application__organisation", "email")


def _terms(agreement: Any) -> Value:  # noqa: ANN401 - a row
    """Return what was told of each of the details, in the words of then."""
    told = agreement.application.scope_terms.filter(scope__in=agreement.terms).order_by("pk")
    return [
        {
            "detail": row.scope,
            "version": row.version,
            "lawful_basis": row.lawful_basis,
            "purpose": row.purpose,
            "kept": row.retention,
            "privacy_notice": row.privacy_notice or agreement.application.privacy_url,
            "notice_version": row.notice_version,
            "since": row.since,
        }
        for row in told
        if row.version == agreement.terms[row.scope]
    ]


def _before(kept: Any) -> Value:  # noqa: ANN401 - what a JSON column holds
    return [{"detail": name, "how": how, "at": at} for name, (how, at) in sorted(kept.items())]


_EARLIER: Final = Shape(
    list_of(things(detail=TEXT, how=TEXT, at=MOMENT)),
    _before,
    {"detail": _("What"), "how": _("How"), "at": _("At")},
)
_TOLD: Final = Shape(
    list_of(
        things(
            detail=TEXT,
            version={"type": "integer"},
            lawful_basis=TEXT,
            purpose=TEXT,
            kept=TEXT,
            privacy_notice=TEXT,
            notice_version=TEXT,
            since=MOMENT,
        )
    ),
    _terms,
    {
        "detail": _("What"),
        "version": _("Version"),
        "lawful_basis": _("Why the law allows it"),
        "purpose": _("What for"),
        "kept": _("How long they keep it"),
        "privacy_notice": _("Their privacy notice"),
        "notice_version": _("Version of the notice"),
        "since": _("Told so since"),
    },
)


def _blocks(asked: Asked) -> QuerySet[Any]:
    rows = in_sight(Block.objects.filter(account=asked.account), asked)
    if not asked.includes_private:
        # An organisation's name may give away what its service is for.
        rows = rows.exclude(organisation__in=private(asked).values("organisation"))
    return rows.select_related("application", "organisation")


def _hidden(asked: Asked) -> QuerySet[Any]:
    rows = HiddenService.objects.filter(account=asked.account).select_related("application")
    return rows if asked.includes_private else rows.none()


def _numbers(asked: Asked) -> QuerySet[Any]:
    rows = PairwiseSubject.objects.filter(account=asked.account)
    if asked.includes_private:
        return rows
    return rows.exclude(sector_identifier__in=private(asked).values("sector_identifier"))


def _old_ids(asked: Asked) -> QuerySet[Any]:
    rows = OldUserId.objects.filter(account=asked.account)
    return in_sight(rows, asked).select_related("application")


_OPENED: Final = Shape(TEXT, old_ids.opened)

PARTS: Final = (
    Part(
        "agreements",
        _("What you share"),
        _agreements,
        (
            Column("number", _("Number"), "id"),
            Column("service", _SERVICE, "application.name"),
            Column("organisation", _ORGANISATION, "application.organisation.name"),
            Column("service_then", _("Called then"), "application_name"),
            Column("organisation_then", _("Run then by"), "organisation_name"),
            Column("how", _("How"), "kind", words=_HOW),
            Column("shared", _("What you share"), "scopes", TEXTS, _SCOPES),
            Column("details", _("Details in that"), "claims", TEXTS, LABELS),
            Column("kept_back", _("What you kept back"), "declined_scopes", TEXTS, _SCOPES),
            Column("details_kept_back", _("Details kept back"), "declined_claims", TEXTS, LABELS),
            Column(
                "earlier",
                _("Of that, from before"),
                "earlier",
                _EARLIER,
                {**_HOW, **LABELS, **_SCOPES},
            ),
            Column("email_address", _("Email address to share"), "email.address"),
            Column("chose_email", _("You chose that email address")),
            Column("told", _("What you were told"), ".", _TOLD, _BASES, ("terms",)),
            Column("agreed_at", _("Agreed"), "granted_at"),
            Column("expires_at", _("Asked again after")),
            Column("replaced_at", _("Replaced by a newer one"), "superseded_at"),
            Column("stopped_at", _("Stopped"), "withdrawn_at"),
            Column("ended_with_account", _("Stopped because your account was closed")),
        ),
        order="granted_at",
    ),
    Part(
        "numbers_at_services",
        _("Numbers that services know you by"),
        _numbers,
        (
            Column("number", _("Number"), "subject"),
            Column("services", _("Service, or group of services"), "sector_identifier"),
        ),
    ),
    Part(
        "earlier_accounts",
        _("Earlier accounts at services"),
        _old_ids,
        (
            Column("service", _SERVICE, "application.name"),
            Column("known_as", _("What the service calls it"), "sealed", _OPENED),
            Column("registered_at", _("The service told us of it")),
            Column("linked_at", _("Linked with your account"), "claimed_at"),
        ),
        order="claimed_at",
    ),
    Part(
        "blocks",
        _("Services that you blocked"),
        _blocks,
        (
            Column("service", _SERVICE, "application.name"),
            Column("organisation", _("Organisation"), "organisation.name"),
            Column("since", _("Since"), "created_at"),
        ),
    ),
    Part(
        "hidden_services",
        _("Services that you hid"),
        _hidden,
        (
            Column("service", _SERVICE, "application.name"),
            Column("since", _("Since"), "hidden_at"),
        ),
    ),
    Part(
        "asked_to_erase",
        _("Services that you wanted to delete what they hold"),
        lambda asked: in_sight(
            ErasureRequest.objects.filter(closing__account=asked.account), asked
        ).select_related("application"),
        (
            Column("service", _SERVICE, "application.name"),
            Column("state", _("State")),
            Column("asked_at", _("Asked for")),
            Column("sent_at", _("Sent")),
            Column("answer", _("Answer")),
            Column("answered_at", _("Answered")),
        ),
        order="asked_at",
    ),
)
