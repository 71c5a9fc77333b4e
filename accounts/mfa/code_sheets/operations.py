"""Adding a printed sheet, and using one of its codes."""

import hmac
import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.mfa import numbered_codes
from accounts.mfa import operations as ways
from accounts.mfa.code_sheets import rules
from accounts.mfa.queries import Kind, young
from accounts.mfa.removal import discard
from accounts.mfa.sealed import opened, seal
from accounts.models import Account, Authenticator, Session
from accounts.sessions.operations import StartedSession

_PURPOSE = b"sheet"


@dataclass(frozen=True)
class Asked:
    """The one code that is asked for: of which sheet, and how many codes that one has left."""

    way: Authenticator
    number: int
    left: int


def new_sheet(account: Account) -> str:
    """Return a new sheet's seed, sealed for this account; `seed_in` opens it.

    No sheet that its owner has bears the same letters: one of 4096 would, and pass for sent twice.
    """
    sheets = Authenticator.objects.filter(account=account, kind=Kind.CODE_SHEET)
    taken = set(sheets.values_list("label", flat=True))
    seed = secrets.token_bytes(rules.SEED_BYTES)
    while rules.name(seed) in taken:
        seed = secrets.token_bytes(rules.SEED_BYTES)
    return seal(_PURPOSE, account, seed)


def seed_in(account: Account, sealed: str) -> bytes | None:
    """Return the seed that was sealed for this account, or None."""
    return opened(_PURPOSE, account, sealed)


@transaction.atomic
def add(*, session: Session, seed: bytes, code: str, by: Actor) -> StartedSession | None:
    """Add the sheet that this code stands on, and return the stronger session.

    It takes the place of earlier sheets. None for a wrong code.

    Raises:
        AccountChangedError: the session has ended meanwhile.
    """
    account = ways.lock(session)
    first = rules.asked_first(seed)
    codes = rules.codes(seed)
    if not hmac.compare_digest(codes[first - 1].encode(), code.encode()):
        return None
    earlier = Authenticator.objects.filter(account=account, kind=Kind.CODE_SHEET)
    same = earlier.filter(label=rules.name(seed)).first()
    if same is not None:
        # The page was sent twice. What stands on the sheet counts once.
        return ways.proved(session=session, way=same, by=by)
    return _add(session, account, seed, by)


def _add(session: Session, account: Account, seed: bytes, by: Actor) -> StartedSession:
    earlier = Authenticator.objects.filter(account=account, kind=Kind.CODE_SHEET)
    replaced = list(earlier.exclude(pk__in=young(account)))
    way = ways.add(session=session, kind=Kind.CODE_SHEET, label=rules.name(seed), by=by)
    numbered_codes.store(way, rules.codes(seed))
    numbered_codes.take(way, rules.codes(seed)[rules.asked_first(seed) - 1])
    started = ways.proved(session=session, way=way, by=by)
    if not way.added_at_one_factor:
        for old in replaced:
            discard(old, session=started.session, by=by, reason="replaced")
    return started


def asked(account: Account) -> Asked | None:
    """Return which code to type: the lowest unused one of the newest sheet that has any."""
    sheets = Authenticator.objects.filter(account=account, kind=Kind.CODE_SHEET, suspect_since=None)
    # One that was posted waits until those that its owner has typed a code of are used up.
    for way in sorted(sheets.order_by("-created_at"), key=lambda sheet: sheet.last_used_at is None):
        left = numbered_codes.left(way)
        if left.next_number is not None:
            return Asked(way, left.next_number, left.count)
    return None


def is_used_up(way: Authenticator) -> bool:
    """Say whether the way is a sheet without a code that is still good."""
    return way.kind == Kind.CODE_SHEET and numbered_codes.left(way).next_number is None


def nearly_used_up(account: Account) -> bool:
    """Say whether it is time for a new sheet: the newest one that works has few codes left."""
    sheets = Authenticator.objects.filter(account=account, kind=Kind.CODE_SHEET, suspect_since=None)
    newest = sheets.order_by("-created_at").first()
    return newest is not None and numbered_codes.left(newest).count <= rules.FEW


def check(account: Account, code: str) -> Authenticator | None:
    """Use up the code that is asked for, and return its sheet; None if it is another."""
    due = asked(account)
    if due is None or not numbered_codes.take(due.way, code, number=due.number):
        return None
    Authenticator.objects.filter(pk=due.way.pk).update(last_used_at=timezone.now())
    return due.way
