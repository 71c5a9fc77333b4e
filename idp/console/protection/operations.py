"""Protects accounts whose owners must not be found, and names who may read their contacts."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.audit.actor import Actor, ActorKind
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, Protection, ProtectionLead
from idp.console.protection import queries
from idp.console.protection.rules import Refusal, refusal_to_change


@dataclass(frozen=True)
class NotChangedError(Exception):
    """Nothing was changed."""

    refusal: Refusal


@transaction.atomic
def protect(
    *, account: Account, lead: Account, until: datetime | None, by: Actor, about: About
) -> Protection:
    """Protect the account; `lead` alone may read its contacts until more are named.

    Raises:
        NotChangedError: it is protected already, or the lead is none.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if queries.in_force(account) is not None:
        raise NotChangedError(Refusal.PROTECTED_ALREADY)
    _check_lead(lead)
    Protection.objects.filter(account=account).delete()  # one that is over
    row = Protection.objects.create(account=account, until=until)
    ProtectionLead.objects.create(protection=row, staff=lead)
    record(Event.PROTECTION_BEGUN, by=by, about=about)
    return row


@transaction.atomic
def name_lead(*, account: Account, lead: Account, by: Actor, about: About) -> None:
    """Let one more support lead read the contacts of a protected account.

    Raises:
        NotChangedError: who asks is not named for it, the lead is none, or it is not protected.
    """
    row = _changing(account, by)
    _check_lead(lead)
    _lead, is_new = ProtectionLead.objects.get_or_create(protection=row, staff=lead)
    if is_new:
        record(Event.PROTECTION_LEAD_NAMED, by=by, about=_with_lead(about, lead))


@transaction.atomic
def drop_lead(*, account: Account, lead: Account, by: Actor, about: About) -> None:
    """Let somebody read the contacts of a protected account no more.

    Raises:
        NotChangedError: who asks is not named for it, nobody else is, or it is not protected.
    """
    row = _changing(account, by)
    if not queries.leads_of(row).exclude(staff=lead).exists():
        raise NotChangedError(Refusal.LAST_LEAD)
    gone, _rows = ProtectionLead.objects.filter(protection=row, staff=lead).delete()
    if gone:
        record(Event.PROTECTION_LEAD_DROPPED, by=by, about=_with_lead(about, lead))


@transaction.atomic
def lift(*, account: Account, by: Actor, about: About) -> None:
    """Protect the account no more.

    Raises:
        NotChangedError: who asks is not named for it, or it is not protected.
    """
    _changing(account, by).delete()
    record(Event.PROTECTION_ENDED, by=by, about=about)


@transaction.atomic
def take_over(*, closed: Account, kept: Account, by: Actor) -> None:
    """Protect one account as another of the same owner was: for as long, and for its leads too."""
    before = queries.in_force(closed)
    if before is None:
        return
    row = queries.in_force(kept)
    if row is None:
        Protection.objects.filter(account=kept).delete()  # one that is over
        row = Protection.objects.create(account=kept, until=before.until)
        record(Event.PROTECTION_BEGUN, by=by, about=About(account_id=kept.pk, reason="joined"))
    row.until = max(row.until, before.until) if row.until and before.until else None
    row.save(update_fields=["until"])
    for lead in queries.leads_of(before):
        _lead, is_new = ProtectionLead.objects.get_or_create(protection=row, staff=lead.staff)
        if is_new:
            about = _with_lead(About(account_id=kept.pk, reason="joined"), lead.staff)
            record(Event.PROTECTION_LEAD_NAMED, by=by, about=about)


@transaction.atomic
def note_listed(*, by: Actor) -> None:
    """Record that somebody had accounts listed, protected ones too."""
    record(Event.PROTECTED_LISTED, by=by, about=About())


def _changing(account: Account, by: Actor) -> Protection:
    # Held, so that of two who drop each other one is left.
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    row = queries.in_force(account)
    if row is None:
        raise NotChangedError(Refusal.NOT_PROTECTED)
    is_named = by.id in {str(lead.staff_id) for lead in queries.leads_of(row)}
    refusal = refusal_to_change(by_operator=by.kind is ActorKind.OPERATOR, is_named=is_named)
    if refusal is not None:
        raise NotChangedError(refusal)
    return row


def _check_lead(lead: Account) -> None:
    if not queries.support_leads().filter(pk=lead.pk).exists():
        raise NotChangedError(Refusal.NO_LEAD)


def _with_lead(about: About, lead: Account) -> About:
    # The object is whom it was about; the case says in which help session.
    return About(**{**vars(about), "object_kind": "staff_account", "object_id": str(lead.pk)})
