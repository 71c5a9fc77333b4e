"""Staff get to know a caller, and keep looks back."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from accounts.holding_back import operations as holding
from accounts.models import Account, Phone
from accounts.staff import Role
from idp.console.helping.rules import Tier
from tests import factories
from tests.accounts.mfa.owner import ANN, Owner
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.start_codes.sheets import PAPERS, printed
from tests.factories import ways
from tests.idp.console.helping.person import help_session
from tests.pseudo.catalogue import LANGUAGE
from tests.pseudo.looking import look
from tests.pseudo.tour.people import NAME


def _desk() -> Desk:
    _member, desk = at_work(*Role)
    desk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = LANGUAGE
    return desk


def _ann() -> Account:
    account = factories.account(ANN, password=factories.PASSWORD, full_name=NAME)
    Account.objects.filter(pk=account.pk).update(language=LANGUAGE)
    return account


def knowing() -> None:
    desk, account = _desk(), _ann()
    row = help_session(desk, account, channel="counter", others=["advocate"])
    at = f"/staff/help/{row.pk}"
    look(desk.client, at, f"{at}/know", f"{at}/know/mailed-code", f"{at}/know/account-code")
    look(desk.client, f"{at}/know/counter", f"{at}/others")
    desk.post(f"{at}/know")
    desk.post(f"{at}/know", way="mailed")
    for page in ("mailed-code", "account-code"):
        for code in ("", "CDFGHJKM"):
            desk.post(f"{at}/know/{page}", code=code)
    desk.post(f"{at}/know/counter")
    desk.post(f"{at}/know/counter", evidence="photo", full_name="Ḃóḃ Ŕóḃ")
    desk.post(f"{at}/others", others="cat")


def ringing_back() -> None:
    desk, account = _desk(), _ann()
    row = help_session(desk, account, Tier.OWNER, others=["advocate"])
    look(desk.client, f"/staff/help/{row.pk}/call-back")
    long_ago = timezone.now() - timedelta(days=30)
    Phone.objects.create(
        account=account, number="+447700900123", confirmed_at=long_ago, changed_at=long_ago
    )
    look(desk.client, f"/staff/help/{row.pk}", f"/staff/help/{row.pk}/call-back")
    row.tier = Tier.MAILBOX
    row.save()
    look(desk.client, f"/staff/help/{row.pk}/call-back")


def code_for_a_call() -> None:
    account = _ann()
    ann = Owner(account, app=ways.app(account))
    ann.client.cookies[settings.LANGUAGE_COOKIE_NAME] = LANGUAGE
    look(ann.client, "/account/code-for-a-call")
    ann.client.post("/account/code-for-a-call")


def holding_back() -> None:
    desk, account = _desk(), _ann()
    assert desk.signed_in is not None
    look(desk.client, "/staff/hold-backs", "/staff/hold-backs/ask")
    desk.post("/staff/hold-backs/ask")
    lead, _other = at_work(Role.SUPPORT_LEAD)
    until = timezone.now() + timedelta(days=30)
    row = holding.ask(account=account, until=until, case_reference="1", by=lead.account)
    at = f"/staff/hold-backs/{row.pk}"
    look(desk.client, "/staff/hold-backs", at)
    desk.post(at)
    desk.post(at, answer="agree")
    look(desk.client, "/staff/hold-backs", at)


def start_codes() -> None:
    desk = _desk()
    assert desk.signed_in is not None
    at = "/staff/start-codes"
    look(desk.client, at, f"{at}/new", "/start")
    desk.post(at)
    desk.post(f"{at}/new")
    desk.post(f"{at}/new", asked_as="x", reason="own_time", evidence="photo")
    typed = {"reason": "own_time", "case_reference": "1"}
    desk.post(f"{at}/new", asked_as=str(uuid4()), evidence="none", **typed)
    row = printed(PAPERS, by=desk.signed_in.account, case="1").row
    look(desk.client, at, f"{at}/{row.pk}")
    desk.post(f"{at}/{row.pk}")
    desk.post(f"{at}/{row.pk}", answer="again", asked_as=str(uuid4()))
    look(desk.client, at, f"{at}/{row.pk}")
    desk.post(at, case_reference="1")


PARTS = (knowing, ringing_back, code_for_a_call, holding_back, start_codes)
