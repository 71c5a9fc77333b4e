"""Reads what a joining rests on."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.assurance import Level, Method, authenticators_in, lasting_level_of, methods_in
from accounts.joining import rules
from accounts.joining.rules import Refusal, Side
from accounts.mfa.queries import methods_of, set_aside_of, settled_level, usable
from accounts.mfa.rules import level_to_change
from accounts.models import Account, PendingSignIn, Session
from accounts.security.browser import BrowserId, is_token


@dataclass(frozen=True)
class ServiceToTell:
    """A service that the closed account used, and where to reach it."""

    name: str
    home_url: str


class ServicesOf(Protocol):
    """What the setting SERVICES_OF_ACCOUNT names."""

    def __call__(self, account: Account) -> list[ServiceToTell]:
        """Return the services that the account shared details with, by name."""


def proof_of_other(session: Session, browser: BrowserId, flow_id: str) -> PendingSignIn | None:
    """Return the sign-in that proved another account, in this browser beside this session.

    Or beside the one that this session replaced: whoever takes long signs in again meanwhile.
    """
    if not is_token(flow_id):
        return None
    same = {"beside__account": session.account_id, "beside__end_reason": Session.EndReason.REPLACED}
    rows = PendingSignIn.objects.select_related("account").filter(Q(beside=session) | Q(**same))
    row = rows.filter(pk=flow_id, done_at__isnull=False).first()
    is_here = row is not None and browser.owns(row.browser_hash) and row.account is not None
    return row if is_here else None


def refusal_of(session: Session, proof: PendingSignIn) -> Refusal | None:
    """Return why this session's account and the one proved beside it may not be joined."""
    sides = [_side(account) for account in (session.account, proof.account) if account]
    refusal = rules.refusal(*sides, proved=_still_proves(proof), now=timezone.now())
    return refusal or (None if _is_lasting(proof) else Refusal.PASSING)


def levels(session: Session, proof: PendingSignIn) -> tuple[Level, Level]:
    """Return how strongly this session's account was proved, and the other."""
    other = settled_level(proof.account, proof.proofs) if proof.account else Level.ONE_FACTOR
    return settled_level(session.account, session.proofs), other


def joined_into(account: Account) -> QuerySet[Account]:
    """Return the accounts that went into this one, until they are emptied."""
    return account.joined.exclude(closings__purged_at__isnull=False)


def services_of(account: Account) -> list[ServiceToTell]:
    """Return the services that know the account."""
    find: ServicesOf = import_string(settings.SERVICES_OF_ACCOUNT)
    return find(account)


def _still_proves(proof: PendingSignIn) -> bool:
    account, proved_at = proof.account, proof.newest_proof_at
    if account is None or proved_at is None:
        return False
    used = authenticators_in(proof.proofs)
    still = usable(account).filter(pk__in=used).count() == len(used)
    is_recent = timezone.now() - proved_at < rules.PROOF_LASTS
    # Somebody said meanwhile that the password was not theirs.
    is_aside = Method.PASSWORD in methods_in(proof.proofs) & set_aside_of(account)
    is_unchanged = proof.password_changed_at == account.password_changed_at
    return is_recent and still and is_unchanged and not is_aside


def _is_lasting(proof: PendingSignIn) -> bool:
    """Say whether the other account was proved as strongly as changing it takes."""
    account = proof.account
    if account is None:
        return False
    needed = level_to_change(methods_of(account), set_aside_of(account))
    return lasting_level_of(methods_in(proof.proofs)) >= needed


def _side(account: Account) -> Side:
    return Side(str(account.pk), account.is_active, account.is_test, account.changes_held_until)
