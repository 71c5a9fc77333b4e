"""An account that closes, is closed, and is had back."""

from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.closing.operations import Reason, close_by_operator
from accounts.models import Account, Inactivity, OutboundMessage
from accounts.notices.news import News
from accounts.notices.operations import queue, tell
from idp.models import ErasureRequest
from tests import factories
from tests.accounts import post
from tests.accounts.safety.resident import Resident
from tests.accounts.visitor import Visitor
from tests.pseudo.looking import look
from tests.pseudo.tour.people import ANN, bare

_CONFIRM = "/account/close/confirm"


def closing() -> None:
    resident = Resident(bare())
    look(resident.client, "/account/close", "/account/closing", _CONFIRM)
    resident.client.post(_CONFIRM)
    for slug, name in (("tax", "Ťáẋ"), ("choir", "Ćĥőíŕ")):
        of = factories.organisation(name="Ťŕúšť")
        service = factories.application(slug=slug, name=name, of=of)
        factories.consent(resident.account, service)
    resident.client.post(_CONFIRM, {"sure": "on"})
    look(resident.client, "/account/closing/services", "/account/closing", "/account/history")
    look(resident.client, "/account")
    _ask_services(resident.account)
    look(resident.client, "/account/closing", "/account/closing/services")
    visitor = Visitor()
    look(visitor.client, visitor.submit(ANN)["Location"])
    post.letters()


def _ask_services(account: Account) -> None:
    closing = account.closings.get()
    states = [("chosen", ""), ("sent", ""), ("by_hand", "")]
    states += [("answered", answer) for answer in ErasureRequest.Answer.values]
    for state, answer in states:
        service = factories.application(name="Ťáẋ")
        ErasureRequest.objects.create(
            closing=closing,
            application=service,
            state=state,
            sent_at=timezone.now(),
            answer=answer,
            answered_at=timezone.now(),
        )


def closed() -> None:
    account = bare()
    close_by_operator(account=account, reason=Reason.RESIDENT, case="", by=OPERATOR)
    _ask_services(account)
    visitor = Visitor()
    look(visitor.client, visitor.submit(ANN)["Location"])
    tell(account=account, news=News.UNUSED, due=timezone.now())
    post.letters()


def unused() -> None:
    """Be told the day, beside somebody else who reads the same mailbox."""
    account = bare()
    day = timezone.now()
    Inactivity.objects.create(account=account, announced_at=day, closes_at=day)
    address = account.email_addresses.get().address
    factories.email_address(factories.account(), address, is_primary=False)
    queue(
        template=OutboundMessage.Template.ACCOUNT_CLOSES,
        address=address,
        language=account.language,
        account=account,
    )
    post.letters()


PARTS = (closing, closed, unused)
