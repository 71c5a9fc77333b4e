"""Something changes in one thread while a code or refresh token is used in another.

Runs on the served provider's database: the tests' own rows live in one transaction, which no other
thread sees.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from typing import Final, TypeVar
from unittest.mock import patch

from django.db import connections

from accounts.audit.actor import OPERATOR
from accounts.audit.events import Event as AuditedEvent
from accounts.closing import operations as closing
from accounts.closing.operations import Reason
from accounts.models import Account, AuditEvent, Session
from accounts.sessions import operations as sessions
from clients.applications import operations as applications
from idp.blocking import operations as blocking
from idp.consent import operations as consents
from idp.consent.rules import Shown
from idp.keys import queries as keys
from idp.keys.loaded import SigningKeyPair
from idp.models import AccessToken
from idp.oidc.authorize.operations import AlreadyAnsweredError
from tests import factories
from tests.factories import IssuedCode
from tests.protocol.devices import Device
from tests.protocol.partner import Partner, body

Result = TypeVar("Result")
Answer = dict[str, str | int]

ENDINGS: Final[dict[str, Callable[[IssuedCode], object]]] = {
    "signed out": lambda issued: sessions.end(
        session=issued.session, reason=Session.EndReason.SIGNED_OUT, by=OPERATOR
    ),
    "consent withdrawn": lambda issued: consents.withdraw(
        account=issued.account, application=issued.application, by=OPERATOR
    ),
    "service blocked": lambda issued: blocking.block_application(
        account=issued.account, application=issued.application, by=OPERATOR
    ),
    "organisation blocked": lambda issued: blocking.block_organisation(
        account=issued.account, organisation=issued.application.organisation, by=OPERATOR
    ),
    "account closed": lambda issued: closing.close_by_operator(
        account=issued.account, reason=Reason.RESIDENT, case="", by=OPERATOR
    ),
    "application suspended": lambda issued: applications.suspend(
        application=issued.application, by=OPERATOR
    ),
}


def end_beside_exchange(partner: Partner, issued: IssuedCode, ending: str) -> Answer:
    """Exchange a code while what it stands on ends; say how both went and what is left."""
    answer = _beside(lambda: partner.exchange(issued), lambda: ENDINGS[ending](issued))
    tokens = AccessToken.objects.filter(token_family=issued.grant.token_family)
    return {
        "exchange": answer.status_code,
        "userinfo": partner.userinfo(body(answer)["access_token"]).status_code,
        "live": tokens.filter(revoked_at=None).count(),
    }


def end_beside_refresh(partner: Partner, issued: IssuedCode, ending: str) -> Answer:
    """Refresh while what the token stands on ends; say what of old and new tokens still works."""
    first = body(partner.exchange(issued))
    answer = _beside(
        lambda: partner.refresh(first["refresh_token"]), lambda: ENDINGS[ending](issued)
    )
    tokens = [first, body(answer)]
    return {
        "refresh": answer.status_code,
        "known": sum(partner.userinfo(one["access_token"]).status_code == 200 for one in tokens),
        "again": partner.refresh(tokens[1]["refresh_token"]).status_code,
    }


def end_beside_poll(device: Device, session: Session) -> Answer:
    """Let a device get its tokens while the session that let it in ends."""
    ended = Session.EndReason.SIGNED_OUT
    answer = _beside(device.poll, lambda: sessions.end(session=session, reason=ended, by=OPERATOR))
    tokens = AccessToken.objects.filter(token_family=device.row.token_family)
    return {
        "poll": answer.status_code,
        "userinfo": device.partner.userinfo(body(answer)["access_token"]).status_code,
        "live": tokens.filter(revoked_at=None).count(),
    }


def let_in_at_once(device: Device, accounts: Sequence[Account]) -> Answer:
    """Let each of these people answer one device at the same moment; count those who could."""
    barrier = Barrier(len(accounts))

    def answer(account: Account) -> bool:
        barrier.wait(timeout=30)
        try:
            device.is_let_in(account)
        except AlreadyAnsweredError:
            return False
        return True

    with ThreadPoolExecutor(len(accounts)) as pool:
        answered = list(pool.map(lambda account: _in_thread(lambda: answer(account)), accounts))
    return {"answered": sum(answered), "poll": device.poll().status_code}


def claim_at_once(partner: Partner, accounts: Sequence[Account]) -> Answer:
    """Let each of these people claim one old user id at the same moment, twice; count answers."""
    row = factories.old_user_id(partner.application, "ann.1970")
    tokens = [partner.tokens(account=account)["access_token"] for account in accounts] * 2
    barrier = Barrier(len(tokens))

    def claim(token: str) -> int:
        barrier.wait(timeout=30)
        return partner.post(
            "/old-user-ids", {"access_token": token, "old_user_id": "ann.1970"}
        ).status_code

    with ThreadPoolExecutor(len(tokens)) as pool:
        statuses = list(pool.map(lambda token: _in_thread(lambda: claim(token)), tokens))
    events = AuditEvent.objects.filter(event=AuditedEvent.OLD_USER_ID_CLAIMED)
    return {
        "claimed": statuses.count(200),
        "refused": statuses.count(409),
        "recorded": events.filter(object_id=str(row.pk)).count(),
    }


def agree_beside_refresh(partner: Partner, issued: IssuedCode) -> Answer:
    """Refresh while the resident agrees anew; say whether the new tokens work."""
    token = body(partner.exchange(issued))["refresh_token"]
    answer = _beside(lambda: partner.refresh(token), lambda: _agree_anew(issued))
    tokens = body(answer)
    return {
        "refresh": answer.status_code,
        "userinfo": partner.userinfo(tokens["access_token"]).status_code,
        "again": partner.refresh(tokens["refresh_token"]).status_code,
    }


def _agree_anew(issued: IssuedCode) -> None:
    consents.grant(
        request=factories.authorization_request(issued.application),
        session=issued.session,
        scopes=factories.OFFLINE,
        claims=["name", "email", "email_verified"],
        shown=Shown(issued.application.name, issued.application.organisation.name),
        by=OPERATOR,
    )


def _beside(use: Callable[[], Result], change: Callable[[], object]) -> Result:
    """Begin the change when the use has locked its row, and return how the use went."""
    locked, real = Event(), keys.signing_key_read

    def slowly(kid: str | None, algorithm: str) -> SigningKeyPair:
        locked.set()
        # Time for the change to take its own locks; it cannot finish before the use does.
        Event().wait(timeout=1)
        return real(kid, algorithm)

    with patch.object(keys, "signing_key_read", slowly), ThreadPoolExecutor(2) as pool:
        used = pool.submit(_in_thread, use)
        assert locked.wait(timeout=10)
        pool.submit(_in_thread, change).result(timeout=30)
        return used.result(timeout=30)


def _in_thread(work: Callable[[], Result]) -> Result:
    try:
        return work()
    finally:
        connections.close_all()
