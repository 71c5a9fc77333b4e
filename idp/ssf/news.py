"""What happens to an account, as events for the services that know it.

Called inside the transaction that makes it true. `README.md` says what each event tells.
"""

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.models import ErasureRequest, SecurityEvent
from idp.ssf import event_bodies as bodies
from idp.ssf.event_types import EventType
from idp.ssf.operations import queue, queue_of_sessions


def sessions_revoked(*, which: Q) -> None:
    """Tell each of these participants' applications that its session has ended."""
    body = bodies.session_revoked(at=timezone.now())
    queue_of_sessions(which=which, kind=EventType.SESSION_REVOKED, body=body)


def authenticator_changed(*, account: Account, kind: str, change: str) -> None:
    """Tell that one way to sign in was added, changed, set aside or removed."""
    body = bodies.credential_change(kind, change, at=timezone.now())
    queue(account=account, events={EventType.CREDENTIAL_CHANGE: body})


def account_disabled(*, account: Account) -> None:
    """Tell that nothing may act for the account; RISC has no word for why that would be true."""
    queue(account=account, events={EventType.ACCOUNT_DISABLED: {}})


def account_enabled(*, account: Account, application: Application | None = None) -> None:
    """Tell that the account's owner may use it again; one application even if it knew it before."""
    queue(
        account=account,
        events={EventType.ACCOUNT_ENABLED: {}},
        application=application,
        former_too=application is not None,
    )


def account_purged(*, account: Account) -> None:
    """Tell all that ever knew it that the account is gone for good; call it before that."""
    queue(account=account, events={EventType.ACCOUNT_PURGED: {}}, former_too=True)


def consent_withdrawn(*, account: Account, application: Application) -> None:
    """Tell the application that its agreement with the account's owner has ended."""
    body = bodies.consent_withdrawn(at=timezone.now())
    events = {EventType.CONSENT_WITHDRAWN: body}
    queue(account=account, events=events, application=application, former_too=True)


def consent_narrowed(
    *,
    account: Account,
    application: Application,
    scopes: Collection[str],
    claims: Collection[str],
) -> None:
    """Tell the application which details it may use no more, while the rest stands."""
    body = bodies.consent_narrowed(scopes, claims, at=timezone.now())
    queue(account=account, events={EventType.CONSENT_WITHDRAWN: body}, application=application)


def erasure_requested(*, request: ErasureRequest) -> bool:
    """Ask the application to erase what it has of the account; False if it takes no such events.

    It answers at `/ssf/erasure` under the request's id.
    """
    body = bodies.erasure_requested(str(request.pk), at=timezone.now())
    events = {EventType.ERASURE_REQUESTED: body}
    account, application = request.closing.account, request.application
    asked = queue(account=account, events=events, application=application, former_too=True)
    # One that came beyond what a stream holds is never sent.
    return any(event.state == SecurityEvent.State.QUEUED for event in asked)
