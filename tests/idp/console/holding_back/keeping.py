"""Two of the staff who keep looks back, in tests."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.export.part import Asked, parts
from accounts.history.queries import told
from accounts.models import (
    Account,
    AuditEvent,
    ColleagueAccount,
    HoldBack,
    StaffMember,
)
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.idp.console.helping.person import helping

START = "/staff/hold-backs"


def day_in(days: int) -> dict[str, str]:
    day: date = timezone.localdate() + timedelta(days=days)
    return {
        "until-day": str(day.day),
        "until-month": str(day.month),
        "until-year": str(day.year),
    }


def ask(desk: Desk, whose: Account, days: int = 30, **values: str) -> Response:
    given = {"account": str(whose.pk), "case_reference": "INV-1", **day_in(days)}
    return desk.post(f"{START}/ask", **(given | values))


def answer(desk: Desk, row: HoldBack, answer: str = "agree") -> Response:
    return desk.post(f"{START}/{row.pk}", answer=answer)


def newest() -> HoldBack:
    return HoldBack.objects.order_by("-asked_at", "-pk")[0]


def look(account: Account) -> None:
    row, _desk = helping(account)
    about = About(account_id=account.pk, detail={"role": "support", "tier": 0})
    for event in (Event.HELP_STARTED, Event.HELP_TIER_REACHED):
        record(event, by=staff(row.staff), about=about)


def told_to(account: Account) -> list[str]:
    return [event.event for event in told(account)]


def in_copy(account: Account) -> list[str]:
    [history] = [part for part in parts() if part.name == "history"]
    asked = Asked(account, includes_private=True)
    return [row.event for row in history.records(asked) if isinstance(row, AuditEvent)]


def held_back(account: Account, days: int = 30) -> HoldBack:
    _lead, office = at_work("support_lead")
    _auditor, audit = at_work("auditor")
    ask(office, account, days)
    row = newest()
    assert answer(audit, row).status_code == 303
    return row


def refusals() -> list[str]:
    rows = AuditEvent.objects.filter(event="account:hold_back:refused").order_by("pk")
    return list(rows.values_list("reason", flat=True))


def own(account: Account, member: StaffMember) -> None:
    ColleagueAccount.objects.create(account=account, staff=member.account)
