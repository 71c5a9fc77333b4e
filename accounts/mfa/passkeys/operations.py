"""Taking keys' answers and adding keys."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.mfa import operations as ways
from accounts.mfa.passkeys import answers, challenges, queries, rules
from accounts.mfa.passkeys.answers import Assertion, NewKey
from accounts.mfa.passkeys.rules import Kept, Refusal
from accounts.models import Account, Authenticator, Challenge, Passkey, Session
from accounts.security.browser import BrowserId
from accounts.sessions.operations import StartedSession

Kind = Authenticator.Kind


@dataclass(frozen=True)
class Asked:
    """What the answer must fit: why this browser was asked, for which kind of key, and of whom.

    `account` is None where the key itself says whose it is, and where an account is to be made.
    """

    purpose: Challenge.Purpose
    browser: BrowserId
    kind: Authenticator.Kind = Kind.PASSKEY
    account: Account | None = None


@dataclass(frozen=True)
class Checked:
    """The authenticator that gave a right answer, with its account, or why none did."""

    authenticator: Authenticator | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Made:
    """A key that was made as asked and the user handle that it carries, or why there is none."""

    key: NewKey | None = None
    user_handle: str = ""
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Added:
    """The session that rests on the added key too, or why none was added."""

    started: StartedSession | None = None
    refusal: Refusal | None = None


class KeyKnownError(Exception):
    """The key belongs to an account already."""


@transaction.atomic
def check_assertion(*, answer: str, asked: Asked, by: Actor) -> Checked:
    """Return whose key signed what this browser was asked to have signed.

    Uses the challenge up, whatever comes of it. Says nothing of whether the account may be used.
    """
    assertion = answers.read_assertion(answer)
    account = queries.owner_of(assertion.credential_id) if assertion else None
    checked = _check(assertion, account, asked)
    if checked.refusal is not None:
        about = About(account_id=account.pk if account else None, reason=checked.refusal)
        record(Event.SIGN_IN_REFUSED, by=by, about=about)
    return checked


@transaction.atomic
def check_new(*, answer: str, asked: Asked) -> Made:
    """Return the key that was made as this browser was asked to; uses the challenge up."""
    said = answers.read_client_data(answer)
    if said is None:
        return Made(refusal=Refusal.UNREADABLE)
    challenge = challenges.take(
        challenge=said.challenge,
        purpose=asked.purpose,
        browser=asked.browser,
        account=asked.account,
    )
    if challenge is None:
        return Made(refusal=Refusal.CHALLENGE_NOT_OURS)
    refusal = rules.browser_refusal(said, origins=settings.PASSKEY_ORIGINS)
    if refusal is not None:
        return Made(refusal=refusal)
    alone = asked.kind == Kind.PASSKEY
    key = answers.verified_new_key(answer, said, domain=settings.PASSKEY_DOMAIN, must_verify=alone)
    if key is None:
        return Made(refusal=Refusal.FORGED)
    if alone and not key.is_stored:
        return Made(refusal=Refusal.NOT_STORED)
    return Made(key, challenge.user_handle)


@transaction.atomic
def add(*, session: Session, asked: Asked, answer: str, label: str, by: Actor) -> Added:
    """Add the key that the session's owner has just made, and let the session rest on it too.

    Raises:
        AccountChangedError: the session has ended meanwhile.
    """
    made = check_new(answer=answer, asked=asked)
    if made.key is None:
        return Added(refusal=made.refusal)
    account = ways.lock(session)
    if queries.of_account(account).count() >= rules.MOST_KEYS:
        return Added(refusal=Refusal.TOO_MANY)
    try:
        with transaction.atomic():
            way = ways.add(session=session, kind=asked.kind, label=label, by=by)
            _insert(way, made.key)
    except IntegrityError:  # the unique id decides, also between two at once
        return Added(refusal=Refusal.ADDED_BEFORE)
    return Added(ways.proved(session=session, way=way, by=by))


@transaction.atomic
def keep_first(*, account: Account, made: Made, label: str, by: Actor) -> Authenticator:
    """Give an account that was just made, or lost all it had, the passkey that was made for it.

    Raises:
        KeyKnownError: somebody has it already; nothing was written.
        ValueError: none was made.
    """
    if made.key is None:
        message = "there is no key to keep"
        raise ValueError(message)
    if made.user_handle:
        account.user_handle = made.user_handle
        account.save(update_fields=["user_handle"])
    way = Authenticator.objects.create(account=account, kind=Kind.PASSKEY, label=label)
    try:
        with transaction.atomic():
            _insert(way, made.key)
    except IntegrityError as error:
        raise KeyKnownError from error
    ways.record_way(Event.AUTHENTICATOR_ADDED, way, by=by)
    return way


def _check(assertion: Assertion | None, account: Account | None, asked: Asked) -> Checked:
    if assertion is None:
        return Checked(refusal=Refusal.UNREADABLE)
    said = assertion.client_data
    challenge = challenges.take(
        challenge=said.challenge,
        purpose=asked.purpose,
        browser=asked.browser,
        account=asked.account,
    )
    if challenge is None:
        return Checked(refusal=Refusal.CHALLENGE_NOT_OURS)
    refusal = rules.browser_refusal(said, origins=settings.PASSKEY_ORIGINS)
    if refusal is not None:
        return Checked(refusal=refusal)
    passkey = _locked(assertion.credential_id, account, asked)
    if passkey is None:
        return Checked(refusal=Refusal.UNKNOWN)
    refusal = _compare(assertion, passkey)
    return Checked(refusal=refusal) if refusal else Checked(_note_use(passkey, assertion))


def _locked(credential_id: str, account: Account | None, asked: Asked) -> Passkey | None:
    if account is None or (asked.account is not None and asked.account.pk != account.pk):
        return None
    # The account first, as everybody locks; two answers of one key then count one after the other.
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    rows = queries.usable(account, asked.kind).select_for_update(of=("self",), no_key=True)
    return rows.select_related("authenticator__account").filter(credential_id=credential_id).first()


def _compare(assertion: Assertion, passkey: Passkey) -> Refusal | None:
    authenticator = passkey.authenticator
    kept = Kept(
        user_handle=authenticator.account.user_handle or "",
        backup_eligible=passkey.backup_eligible,
        sign_count=passkey.sign_count,
        stands_alone=authenticator.kind == Kind.PASSKEY,
    )
    refusal = rules.key_refusal(kept, assertion.shown)
    if refusal is not None:
        return refusal
    if not answers.is_signed(
        assertion,
        public_key=passkey.public_key,
        domain=settings.PASSKEY_DOMAIN,
        must_verify=kept.stands_alone,
    ):
        return Refusal.FORGED
    return Refusal.CLONED if rules.is_cloned(kept, assertion.shown) else None


def _note_use(passkey: Passkey, assertion: Assertion) -> Authenticator:
    passkey.sign_count = assertion.shown.sign_count
    passkey.backed_up = assertion.shown.backed_up
    passkey.save(update_fields=["sign_count", "backed_up"])
    authenticator = passkey.authenticator
    authenticator.last_used_at = timezone.now()
    authenticator.save(update_fields=["last_used_at"])
    return authenticator


def _insert(way: Authenticator, key: NewKey) -> None:
    Passkey.objects.create(
        authenticator=way,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        transports=list(key.transports),
        aaguid=key.aaguid,
        backup_eligible=key.backup_eligible,
        backed_up=key.backed_up,
        discoverable=way.kind == Kind.PASSKEY,
        user_verified=key.user_verified,
    )
