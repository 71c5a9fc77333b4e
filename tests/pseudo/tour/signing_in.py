"""The first and the second step of a sign-in, with each way that there is."""

from datetime import timedelta
from typing import Any

import time_machine
from django.test import override_settings
from django.utils import timezone

from accounts.assurance import Level
from accounts.audit.actor import OPERATOR
from accounts.freezing.operations import freeze_by_operator
from accounts.limits import operations as limits
from accounts.limits.table import SIGN_IN, SIGN_IN_MAIL, SIGN_IN_NAME, TEXT_MESSAGE
from accounts.models import Account, Phone
from accounts.models.account import sign_in_key
from tests.accounts import post
from tests.accounts.signin.second_step.two_steps import TwoSteps
from tests.accounts.visitor import Visitor
from tests.pseudo.looking import look
from tests.pseudo.tour.people import ANN, bare, rich

_SEND = "/sign-in/text-message/send"
_STEPS = ("app", "code-sheet", "recovery-code", "text-message", "use-passkey", "security-key")
_SHOWN: dict[str, Any] = {"service_name": "Ĥőúšíńǵ", "is_sensitive": True}


def by_two_steps() -> None:
    account, _secret = rich()
    # Numbers that nobody used for a year get no codes.
    Phone.objects.update(confirmed_at=timezone.now(), last_used_at=timezone.now())
    visitor = TwoSteps()
    visitor.first_step(**_SHOWN)
    for step in _STEPS:
        look(visitor.client, f"/sign-in/{step}?flow={visitor.flow}")
        visitor.type(step, "000000")
    look(visitor.client, f"/sign-in/more-time?flow={visitor.flow}")
    visitor.client.post(_SEND, {"flow": visitor.flow})
    look(visitor.client, f"/sign-in/text-message?flow={visitor.flow}")
    with override_settings(LIMITS_ENABLED=True):
        for _text in range(TEXT_MESSAGE.amount):
            limits.hit(TEXT_MESSAGE, str(account.pk))
        visitor.client.post(_SEND, {"flow": visitor.flow})


def on_a_shared_device() -> None:
    bare()
    visitor = Visitor()
    flow = visitor.begin("/account", is_shared_device=True, **_SHOWN)
    look(visitor.client, f"/sign-in?flow={flow}")
    visitor.submit(ANN, flow=flow)
    look(visitor.client, "/account")


def by_a_mailed_code() -> None:
    bare()
    visitor = Visitor()
    flow = visitor.begin()
    visitor.client.post("/sign-in/send-code", {"flow": flow, "sign_in_name": ANN})
    page = f"/sign-in/mailed-code?flow={flow}"
    link = post.newest().path("/sign-in/mailed-link/")
    look(visitor.client, page, link, "/sign-in/mailed-link/unknown")
    look(Visitor().client, link)
    visitor.client.post(page, {"code": "000000"})
    visitor.client.post(page, {"code": post.newest().code})
    look(visitor.client, f"/sign-in?flow={flow}", page)


def too_often() -> None:
    bare()
    visitor = Visitor()
    with override_settings(LIMITS_ENABLED=True):
        for _try in range(SIGN_IN.amount):
            limits.hit(SIGN_IN, sign_in_key(ANN), "192.0.2.1")
        flow = visitor.begin()
        visitor.submit(ANN, flow=flow)
        for _try in range(SIGN_IN_NAME.amount):
            limits.hit(SIGN_IN_NAME, sign_in_key(ANN))
        Visitor(network="203.0.113.1").submit(ANN)
        for _mail in range(SIGN_IN_MAIL.amount + 1):
            visitor.client.post("/sign-in/send-code", {"flow": flow, "sign_in_name": ANN})


def too_late() -> None:
    bare()
    visitor = Visitor()
    flow = visitor.begin()
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        look(visitor.client, f"/sign-in?flow={flow}", f"/sign-in/app?flow={flow}")
        visitor.submit(ANN, flow=flow)
    look(visitor.client, "/sign-in?flow=unknown")
    look(Visitor().client, f"/sign-in?flow={flow}")


def frozen() -> None:
    freeze_by_operator(account=bare(), by=OPERATOR)
    visitor = TwoSteps()
    look(visitor.client, visitor.first_step()["Location"], "/frozen")


def stopped() -> None:
    for status in (Account.Status.SUSPENDED, Account.Status.CLOSED):
        bare(f"{status}@example.org", status=status)
        Visitor().submit(f"{status}@example.org")


def needing_more() -> None:
    bare()
    visitor = Visitor()
    for level in (Level.TWO_FACTORS, Level.PHISHING_RESISTANT):
        flow = visitor.begin("/account", level=level, give_up_to="/help/contact", **_SHOWN)
        visitor.submit(ANN, flow=flow)
        pages = ("needed", "app", "code-sheet", "passkey", "security-key")
        look(visitor.client, *(f"/account/ways-to-sign-in/{page}?flow={flow}" for page in pages))


PARTS = (
    by_two_steps,
    on_a_shared_device,
    by_a_mailed_code,
    too_often,
    too_late,
    frozen,
    stopped,
    needing_more,
)
