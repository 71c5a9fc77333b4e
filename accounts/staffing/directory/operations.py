"""Writes what a visit to the directory comes to: an account, a first key, roles by its groups."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import ANONYMOUS, SYSTEM, Actor, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, DirectoryLink, DirectoryVisit, StaffMember, StaffRole
from accounts.security import encryption, keyed_hash
from accounts.security.browser import BrowserId, is_token
from accounts.security.tokens import random_token
from accounts.staffing import operations as roles
from accounts.staffing.directory import queries, rules
from accounts.staffing.directory.rules import Person, Refusal
from accounts.staffing.keys import operations as keys
from accounts.staffing.keys.operations import Enrolled
from accounts.staffing.people import operations as people

_STATE: Final = "directory-state"
# To sign in over there, and then to add a key here.
_VISIT: Final = timedelta(minutes=30)
_KEY: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Departure:
    """What goes to the directory with a browser, and what its ID token must repeat."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Arrival:
    """A visit whose answer has come, once, to the browser that began it."""

    visit: DirectoryVisit
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Vouched:
    """What the directory said of somebody."""

    issuer: str
    person: Person
    roles: frozenset[str]
    refresh_token: str


@dataclass(frozen=True)
class Admitted:
    """Whose account the visit led to and whether it has keys; or why it led to none."""

    member: StaffMember | None = None
    has_keys: bool = False
    refusal: Refusal | None = None


@transaction.atomic
def begin(*, browser: BrowserId) -> Departure:
    """Keep what the answer of a browser that leaves for the directory must match.

    What an earlier visit of this browser opened is closed: somebody else may sit there by now, and
    would add their key to the account of the one before.
    """
    departure = Departure(random_token(), random_token(), random_token())
    now = timezone.now()
    queries.opened_in(browser, now).update(expires_at=now)
    secrets = json.dumps([departure.nonce, departure.verifier])
    DirectoryVisit.objects.create(
        state_hash=keyed_hash.digest(_STATE, departure.state),
        browser_hash=browser.hash,
        secrets=encryption.encrypt(secrets.encode()),
        began_at=now,
        expires_at=now + _VISIT,
    )
    return departure


@transaction.atomic
def arrive(*, state: str, browser: BrowserId) -> Arrival | None:
    """Return the visit that this answer belongs to: once, soon, and in the browser that left.

    Another browser's answer is somebody else's sign-in, planted on this one.
    """
    if not is_token(state):
        return None
    found = DirectoryVisit.objects.filter(
        state_hash__in=keyed_hash.candidates(_STATE, state),
        expires_at__gt=timezone.now(),
        answered_at=None,
    ).first()
    if found is None or not browser.owns(found.browser_hash):
        return None
    secrets, found.secrets = found.secrets, ""
    # Of two at once, one alone finds it unanswered.
    open_still = DirectoryVisit.objects.filter(pk=found.pk, answered_at=None)
    if not open_still.update(answered_at=timezone.now(), secrets=""):
        return None
    nonce, verifier = json.loads(encryption.decrypt(secrets))
    return Arrival(found, nonce, verifier)


@transaction.atomic
def admit(*, visit: DirectoryVisit, vouched: Vouched) -> Admitted:
    """Find or make the staff account of whoever the directory named.

    Roles are given at once to an account that has keys, else with its first one. Whoever is refused
    leaves nothing behind but the refusal.
    """
    try:
        link = _link(vouched)
    except _RefusedError as refused:
        return refuse(reason=refused.reason, account=refused.account)
    account = Account.objects.select_for_update(no_key=True).get(pk=link.pk)
    if not account.is_active:  # they left at this very moment
        return refuse(reason=Refusal.BARRED, account=account)
    DirectoryLink.objects.filter(pk=link.pk).update(
        refresh_token=encryption.encrypt(vouched.refresh_token.encode()),
        heard_at=timezone.now(),
        asked_at=None,
        gone_at=None,
    )
    about = About(account_id=account.pk)
    record(Event.DIRECTORY_VISITED, by=staff(account), about=about)
    has_keys = account.authenticators.exists()
    if has_keys:
        follow(account=account, roles_now=vouched.roles, by=staff(account))
    DirectoryVisit.objects.filter(pk=visit.pk).update(
        member=link.pk, roles=sorted(vouched.roles), expires_at=timezone.now() + _KEY
    )
    return Admitted(link.member, has_keys)


@transaction.atomic
def refuse(*, reason: Refusal, account: Account | None = None) -> Admitted:
    """Record that a visit to the directory opened nothing, and why."""
    about = About(account_id=account.pk if account else None, reason=reason)
    record(Event.DIRECTORY_VISIT_REFUSED, by=ANONYMOUS, about=about)
    return Admitted(refusal=reason)


@transaction.atomic
def enrol(*, browser: BrowserId, answer: str, label: str) -> Enrolled | None:
    """Add the first key by a visit of this browser, with the roles that the directory gave at it.

    Nothing, if the visit lets in none any more: of two browsers or tabs at once one alone does.
    """
    visit = queries.opened(browser)
    if visit is None or visit.member is None:
        return None
    account = Account.objects.select_for_update(no_key=True).get(pk=visit.member.pk)
    if queries.opened(browser) != visit:
        return None
    done = keys.add_first(
        account=account, answer=answer, browser=browser, label=label, by=ANONYMOUS
    )
    if done.account is not None:
        visit.delete()
        follow(account=account, roles_now=visit.roles, by=staff(account))
    return done


@transaction.atomic
def follow(*, account: Account, roles_now: Collection[str], by: Actor) -> None:
    """Give and take roles until those that the directory gave are these; others stay."""
    for role in StaffRole.Role:
        if role in roles_now:
            roles.grant(account=account, role=role, by=by, source=StaffRole.Source.DIRECTORY)
    take_lost(account=account, roles_now=roles_now, by=by)


@transaction.atomic
def take_lost(*, account: Account, roles_now: Collection[str], by: Actor) -> list[str]:
    """Take the roles that the directory gave and gives no more; return them."""
    rows = StaffRole.objects.filter(account=account, source=StaffRole.Source.DIRECTORY)
    lost = [row.role for row in rows.exclude(role__in=roles_now).order_by("role")]
    for role in lost:
        roles.revoke(account=account, role=StaffRole.Role(role), by=by)
    return lost


class _RefusedError(Exception):
    def __init__(self, reason: Refusal, account: Account | None = None) -> None:
        super().__init__(reason)
        self.reason, self.account = reason, account


def _link(vouched: Vouched) -> DirectoryLink:
    link, facts = queries.facts_about(
        vouched.issuer,
        vouched.person,
        has_role=bool(vouched.roles),
        may_ask_again=bool(vouched.refresh_token),
    )
    if reason := rules.refusal(facts):
        raise _RefusedError(reason, link.member.account if link else None)
    return link or _made(vouched)


def _made(vouched: Vouched) -> DirectoryLink:
    person = vouched.person
    try:
        with transaction.atomic():
            member = people.make(
                work_email=person.mailbox, name=person.name, team="", by=SYSTEM, is_written_to=False
            )
    except people.AlreadyStaffError as error:
        # Somebody was quicker: this very person in another tab, or whoever else has the mailbox.
        if link := queries.linked(vouched.issuer, person.subject):
            return link
        raise _RefusedError(Refusal.MAILBOX_TAKEN) from error
    return DirectoryLink.objects.create(
        member=member,
        issuer=vouched.issuer,
        subject=person.subject,
        heard_at=timezone.now(),
    )
