"""What was proved so far in a pending sign-in, and the session that comes of it."""

from django.db import transaction
from django.utils import timezone

from accounts.assurance import SECOND_STEPS, Level, Proof, methods_in
from accounts.audit.actor import resident
from accounts.closing.queries import waiting
from accounts.mfa.queries import methods_of, set_aside_of
from accounts.models import Account, PendingSignIn, Session
from accounts.models.pending_sign_in import PROOFS_LAST
from accounts.sessions import operations as sessions
from accounts.sessions.operations import AccountChangedError, Proven, StartedSession
from accounts.sessions.queries import still_open
from accounts.signin import new_browsers
from accounts.signin.rules import Given, Next, next_needed


class FlowDoneError(Exception):
    """The pending sign-in has led to a session already."""


@transaction.atomic
def add(*, flow: PendingSignIn, account: Account, proof: Proof) -> PendingSignIn:
    """Keep one more proof of this account; proofs of another one are dropped.

    Raises:
        FlowDoneError: the flow has led to a session before.
        AccountChangedError: what a second step would complete counts no more.
    """
    row = _locked(flow)
    if not account.is_known_to(row.test_group):
        # Found by a look-up that forgot to ask. Real and made-up people never meet.
        raise AccountChangedError
    if row.account_id != account.pk or not is_recent(row) or _has_new_password(row, account):
        if proof.method in SECOND_STEPS:
            raise AccountChangedError
        row.proofs, row.proved_at, row.stands_on = [], None, None
        row.proofs_until = None
        row.password_changed_at = account.password_changed_at
    row.account = account
    others = [kept for kept in row.proofs if kept["method"] != proof.method]
    row.proofs = [*others, proof.as_json()]
    row.proved_at = row.proved_at or proof.at
    row.save()
    return row


def needed(flow: PendingSignIn, *, remembered: bool) -> Next:
    """Return what the flow needs next; what was proved too long ago counts no more."""
    if flow.account is None or not is_recent(flow):
        return Next.FIRST_STEP
    return next_needed(given(flow, flow.account, remembered=remembered))


def given(flow: PendingSignIn, account: Account, *, remembered: bool = False) -> Given:
    """Return what decides what the flow, of this account, needs next."""
    return Given(
        proved=methods_in(flow.proofs),
        available=methods_of(account),
        wanted=Level(flow.level),
        at_highest=flow.at_highest_level,
        remembered=remembered and flow.remembered_device_will_do,
        frozen=account.status == Account.Status.FROZEN,
        closed=account.status == Account.Status.CLOSED,
        set_aside=set_aside_of(account),
    )


@transaction.atomic
def finish(*, flow: PendingSignIn, replaces: Session | None, started_on: str) -> StartedSession:
    """Start the session that the flow's proofs earn, once.

    Raises:
        FlowDoneError: the flow has led to a session before.
        AccountChangedError: the account was stopped, or a way to sign in changed, meanwhile.
    """
    row = _locked(flow)
    newest = row.newest_proof_at
    if row.account is None or row.proved_at is None or newest is None:
        raise AccountChangedError
    if row.stands_on_id is not None and (replaces is None or replaces.pk != row.stands_on_id):
        # The session that it adds to has ended: its proofs count no more.
        raise AccountChangedError
    row.done_at = timezone.now()
    row.save(update_fields=["done_at"])
    account = row.account
    account.password_changed_at = row.password_changed_at
    proofs = tuple(Proof.from_json(proof) for proof in row.proofs)
    # What only adds to a session leaves it as old as it is: the rest was not proved anew.
    adds_to = replaces if row.stands_on_id is not None else None
    fresh_from = adds_to.signed_in_at if adds_to is not None else max(newest, row.proved_at)
    proven = Proven(
        proofs,
        row.proved_at,
        fresh_from,
        started_on,
        row.is_shared_device,
        adds_to_old=adds_to is not None,
    )
    by = resident(account)
    started = sessions.start(account=account, proven=proven, replaces=replaces, by=by)
    new_browsers.notice(row, started.session)
    return started


@transaction.atomic
def finish_beside(*, flow: PendingSignIn) -> None:
    """Let the flow stand, once, as proof of whose account it was; nobody is signed in by it.

    Raises:
        FlowDoneError: it stands so already.
    """
    row = _locked(flow)
    row.done_at = timezone.now()
    row.save(update_fields=["done_at"])


def closes(flow: PendingSignIn) -> bool:
    """Say whether the flow's account will close, and its owner may still keep it."""
    return flow.account is not None and waiting(flow.account) is not None


def is_recent(flow: PendingSignIn) -> bool:
    """Say whether the proofs still count; those of a session do while it lasts."""
    if flow.stands_on is not None:
        return still_open(flow.stands_on)
    return flow.proofs_end is not None and timezone.now() < flow.proofs_end


def _has_new_password(row: PendingSignIn, account: Account) -> bool:
    return row.password_changed_at != account.password_changed_at


def _locked(flow: PendingSignIn) -> PendingSignIn:
    # Two tabs or clicks at once come one after the other, and one alone finishes.
    rows = PendingSignIn.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("account").get(pk=flow.pk)
    if row.done_at is not None:
        raise FlowDoneError
    return row


@transaction.atomic
def put_off(*, flow: PendingSignIn) -> PendingSignIn:
    """Let the proofs count for longer, at their owner's wish (WCAG 2.2 §2.2.1); not for ever.

    When they were given stays as it is: the session that comes of them ends no later by this.

    Raises:
        FlowDoneError: the flow has led to a session before.
        AccountChangedError: they count no more.
    """
    row = _locked(flow)
    if row.last_end is None or row.proofs_end is None or not is_recent(row):
        raise AccountChangedError
    row.proofs_until = min(timezone.now() + PROOFS_LAST, row.last_end)
    row.expires_at = max(row.expires_at, row.proofs_until)
    row.save(update_fields=["proofs_until", "expires_at"])
    return row


def note_shared(flow: PendingSignIn, *, is_shared: bool) -> None:
    """Note whether others use this device too; the session that comes of it knows."""
    flow.is_shared_device = is_shared
    PendingSignIn.objects.filter(pk=flow.pk, done_at=None).update(is_shared_device=is_shared)
