"""What residents and staff do that ends sessions and tokens, by the operations that pages call."""

from datetime import timedelta

from django.utils import timezone

from accounts.assurance import Method, Proof
from accounts.audit.actor import ANONYMOUS, resident
from accounts.freezing.operations import freeze_by_mail, freeze_by_owner
from accounts.history.operations import not_me_by_mail, not_me_by_owner
from accounts.joining.operations import join
from accounts.mfa.password import operations as own_password
from accounts.mfa.removal import remove
from accounts.models import Account, AuditEvent, PendingSignIn, RecoveryRequest, Session
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.passwords.operations import hashed
from accounts.recovery.opening.operations import complete
from accounts.recovery.reset.operations import request_reset, reset_password
from accounts.security.browser import BrowserId
from accounts.sessions.operations import end_everything
from tests import factories
from tests.accounts import post

_NEW = "violet lantern orchard"
_HOUR = timedelta(hours=1)


def change_password(session: Session) -> None:
    by = resident(session.account)
    own_password.change(session=session, password=_NEW, fresh=True, by=by)


def remove_a_way(session: Session) -> None:
    way = factories.way(session.account, "code_sheet")
    remove(session=session, way_id=way.pk, by=resident(session.account))


def reset(session: Session) -> None:
    request_reset(typed=session.account.sign_in_name, by=ANONYMOUS)
    token = post.newest().path("/reset-password/").rpartition("/")[2]
    reset_password(token=token, password=_NEW, by=ANONYMOUS)


def recover(session: Session) -> None:
    now, browser = timezone.now(), BrowserId()
    row = RecoveryRequest.objects.create(
        account=session.account,
        rung=RecoveryRequest.Rung.KNOWN_PASSWORD,
        state=RecoveryRequest.State.WAITING,
        opens_at=now - _HOUR,
        closes_at=now + _HOUR,
        told_middle_at=now - 2 * _HOUR,
        told_end_at=now - _HOUR,
        opened_at=now,
        opened_by_hash=browser.hash,
    )
    assert complete(request=row, encoded=hashed(_NEW), browser=browser, by=ANONYMOUS)


def not_me_beside_a_row(session: Session) -> None:
    event = AuditEvent.objects.filter(account_id=session.account_id).latest("pk")
    not_me_by_owner(session=session, event=event, by=resident(session.account))


def not_me_in_a_mail(session: Session) -> None:
    tell(account=session.account, news=News.WAY_ADDED)
    token = post.newest().path("/safety/").rpartition("/")[2]
    not_me_by_mail(token=token, by=ANONYMOUS)


def end_all(session: Session) -> None:
    end_everything(account=session.account, by=resident(session.account))


def freeze(session: Session) -> None:
    freeze_by_owner(session=session, by=resident(session.account))


def freeze_in_a_mail(session: Session) -> None:
    freeze_by_mail(account=session.account, mailbox_key="ann@example.org", by=ANONYMOUS)


def close_by_joining(session: Session) -> None:
    beside = factories.session(factories.account())
    proof = proof_of(session.account, beside)
    join(session=beside, proof=proof, keep_other=False, by=resident(beside.account))


def proof_of(account: Account, beside: Session) -> PendingSignIn:
    now = timezone.now()
    return PendingSignIn.objects.create(
        browser_hash="x",
        return_to="/account/join/choose",
        beside=beside,
        account=account,
        password_changed_at=account.password_changed_at,
        proofs=[Proof(Method.PASSWORD, now).as_json()],
        proved_at=now,
        done_at=now,
        expires_at=now + _HOUR,
    )
