"""Staff find out why somebody is stuck and help them; others decide, answer and look on."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR, resident
from accounts.audit.operations import About
from accounts.complaints import operations as complaints
from accounts.models import (
    Account,
    AuditEvent,
    Authenticator,
    Complaint,
    DeathNote,
    HelpCode,
    Protection,
    ProtectionLead,
)
from accounts.staff import Role
from accounts.suspension.deaths import operations as deaths
from idp.console.acts.table import Act
from idp.console.helping.rules import Tier
from idp.models import HelpSession, NameSearch, StaffRequest
from tests import factories
from tests.accounts.mfa.owner import ANN
from tests.accounts.staffing.desk import Desk, at_work
from tests.idp.console.acts.test_acts import answers
from tests.idp.console.helping.person import help_session
from tests.pseudo.catalogue import LANGUAGE
from tests.pseudo.looking import look
from tests.pseudo.tour.people import NAME


def _desk(*roles: Role) -> Desk:
    _member, desk = at_work(*(roles or Role))
    desk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = LANGUAGE
    return desk


def _ann() -> Account:
    account = factories.account(ANN, password=factories.PASSWORD, full_name=NAME)
    Account.objects.filter(pk=account.pk).update(language=LANGUAGE)
    return account


def _at(row: HelpSession) -> str:
    return f"/staff/help/{row.pk}"


def stuck() -> None:
    desk = _desk()
    look(desk.client, "/staff/help", "/staff/own-account")
    desk.post("/staff/help")
    desk.post("/staff/help", typed="CDFGHJK9", reason="no_mail", channel="phone")
    steps = [{"at": timezone.now().isoformat(), "page": "signin:sign_in", "reason": "signed_in"}]
    later = timezone.now() + timedelta(minutes=30)
    code = HelpCode.objects.create(code="CDFGHJKM", browser_hash="b", steps=steps, expires_at=later)
    row = help_session(desk, None, help_code=code, given="help_code")
    look(desk.client, _at(row), f"{_at(row)}?done=send_again", f"{_at(row)}/timeline")
    row = _again(desk, row, None, address_key="a@b.example")
    look(desk.client, _at(row), f"{_at(row)}/name")
    for name in ("", "x"):
        desk.post(f"{_at(row)}/name", name=name)
    look(desk.client, f"{_at(row)}/more")
    for typed in ("", "CDFGHJK9"):
        desk.post(f"{_at(row)}/more", typed=typed)


def _again(
    desk: Desk,
    row: HelpSession,
    account: Account | None,
    tier: Tier = Tier.UNCHECKED,
    **columns: object,
) -> HelpSession:
    HelpSession.objects.filter(pk=row.pk).update(ended_at=timezone.now())
    return help_session(desk, account, tier, **columns)


def acting() -> None:
    desk, account = _desk(), _ann()
    row = help_session(desk, account, Tier.OWNER, known_by="counter", channel="counter")
    at = _at(row)
    look(desk.client, f"{at}/timeline", f"{at}/acts")
    for act in Act:
        page = f"{at}/acts/{act.replace('_', '-')}"
        look(desk.client, page, f"{at}/acts?done={act}")
        desk.post(page)
        desk.post(page, **answers(act))
    look(desk.client, f"{at}/acts", "/staff/requests/mine", "/staff/requests")
    for wanted in StaffRequest.objects.all():
        for who in (desk, _desk()):
            look(who.client, f"/staff/requests/{wanted.pk}")
            who.post(f"/staff/requests/{wanted.pk}")


def giving_a_code() -> None:
    desk, account = _desk(), _ann()
    row = help_session(desk, account, Tier.OWNER, known_by="counter", channel="counter")
    desk.post(f"{_at(row)}/acts/give-code")


def handing() -> None:
    desk, account = _desk(), _ann()
    Authenticator.objects.create(account=account, kind="security_key", label="Ḱéý")
    row = help_session(desk, account, Tier.OWNER, known_by="counter", channel="counter")
    look(desk.client, f"{_at(row)}/keys", f"{_at(row)}/letters", f"{_at(row)}/acts")
    desk.post(f"{_at(row)}/letters")


def searching() -> None:
    desk, account = _desk(), _ann()
    look(desk.client, "/staff/search")
    desk.post("/staff/search")
    row = help_session(desk, None, given="name", channel="counter")
    NameSearch.objects.create(help_session=row, ground="passport")
    look(desk.client, f"{_at(row)}/search")
    for name in ("", account.full_name, "Ńóḃóḋý Ĥéŕé"):
        desk.post(f"{_at(row)}/search", name=name)


def protecting() -> None:
    desk, account = _desk(), _ann()
    row = help_session(desk, account)
    at = f"{_at(row)}/protection"
    look(desk.client, at)
    desk.post(at)
    protection, _is_new = Protection.objects.get_or_create(account=account)
    ProtectionLead.objects.filter(protection=protection).delete()
    look(desk.client, at)
    ProtectionLead.objects.get_or_create(protection=protection, staff=row.staff)
    look(desk.client, at)
    desk.post(at)


def noting_a_death() -> None:
    desk, account = _desk(), _ann()
    row = help_session(desk, account, Tier.OWNER, known_by="counter", channel="counter")
    at = f"{_at(row)}/death"
    look(desk.client, at, f"{at}/undo")
    desk.post(at)
    deaths.note(
        account=account,
        evidence=DeathNote.Evidence.CERTIFICATE,
        by=OPERATOR,
        about=About(account_id=account.pk),
    )
    look(desk.client, at, f"{at}/undo", f"{at}/undo-by-lead")


def answering() -> None:
    desk, account = _desk(), _ann()
    look(desk.client, "/staff/complaints")
    made = complaints.make(
        account=account, kind=Complaint.Kind.USE, text="Ťéẋť", by=resident(account)
    )
    at = f"/staff/complaints/{made.code}"
    look(desk.client, "/staff/complaints", at)
    desk.post(at)

    desk.post("/staff/help", typed=ANN, reason="complaint", channel="phone")
    later = complaints.make(
        account=account, kind=Complaint.Kind.WRONG, text="Ťéẋť", by=resident(account)
    )
    look(desk.client, f"/staff/complaints/{later.code}")


def auditing() -> None:
    desk = _desk()
    factories.account()
    look(desk.client, "/staff/audit", "/staff/audit/verify", "/staff/audit/export")
    look(desk.client, "/staff/audit?actor=x&event=x", "/staff/audit?q=1", "/staff/audit/events/0")
    desk.post("/staff/audit/verify")
    look(desk.client, "/staff/audit/verify", "/staff/figures")
    desk.post("/staff/audit/export")
    newest = AuditEvent.objects.order_by("-pk").first()
    if newest is not None:
        look(desk.client, f"/staff/audit/events/{newest.pk}")


PARTS = (
    stuck,
    acting,
    giving_a_code,
    handing,
    searching,
    protecting,
    noting_a_death,
    answering,
    auditing,
)
