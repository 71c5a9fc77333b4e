"""Something ends in one thread while a code is exchanged in another.

Runs on the served provider's database: the tests' own rows live in one transaction, which no other
thread sees.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Final, TypeVar
from unittest.mock import patch

from django.db import connections

from accounts.audit.actor import OPERATOR
from accounts.models import Session
from accounts.sessions import operations as sessions
from clients.applications import operations as applications
from idp.consent import operations as consents
from idp.keys import queries as keys
from idp.keys.loaded import SigningKeyPair
from idp.models import AccessToken
from tests.factories import IssuedCode
from tests.protocol.partner import Partner, body

Result = TypeVar("Result")

ENDINGS: Final[dict[str, Callable[[IssuedCode], object]]] = {
    "signed out": lambda issued: sessions.end(
        session=issued.session, reason=Session.EndReason.SIGNED_OUT, by=OPERATOR
    ),
    "consent withdrawn": lambda issued: consents.withdraw(
        account=issued.account, application=issued.application, by=OPERATOR
    ),
    "application suspended": lambda issued: applications.suspend(
        application=issued.application, by=OPERATOR
    ),
}


def run(partner: Partner, issued: IssuedCode, ending: str) -> dict[str, str | int]:
    """Begin the end when the code is locked; say how both went and what is left."""
    locked = Event()
    real = keys.signing_key

    def slowly(algorithm: str) -> SigningKeyPair:
        locked.set()
        # Time for the end to take its own locks; it cannot finish before this exchange does.
        Event().wait(timeout=1)
        return real(algorithm)

    with patch.object(keys, "signing_key", slowly), ThreadPoolExecutor(2) as pool:
        exchange = pool.submit(_in_thread, lambda: partner.exchange(issued))
        locked.wait(timeout=10)
        pool.submit(_in_thread, lambda: ENDINGS[ending](issued)).result(timeout=30)
        answer = exchange.result(timeout=30)
    tokens = AccessToken.objects.filter(token_family=issued.grant.token_family)
    return {
        "exchange": answer.status_code,
        "userinfo": partner.userinfo(body(answer)["access_token"]).status_code,
        "live": tokens.filter(revoked_at=None).count(),
    }


def _in_thread(work: Callable[[], Result]) -> Result:
    try:
        return work()
    finally:
        connections.close_all()
