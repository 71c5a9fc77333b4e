"""Making accounts: the one way, for residents, operators and tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.mailbox.queries import locked_address_use
from accounts.mailbox.rules import AddressUse
from accounts.mfa.passkeys.operations import KeyKnownError, Made, keep_first
from accounts.models import Account, Authenticator, EmailAddress, PendingSignUp, StartCode
from accounts.models.account import sign_in_key
from accounts.models.email_address import address_key
from accounts.names.operations import note_words
from accounts.notices.catalogue import Template
from accounts.notices.news import News
from accounts.notices.operations import queue
from accounts.passwords.operations import hashed
from accounts.signup.confirmation import queries as confirmation
from accounts.signup.confirmation.rules import Standing
from accounts.signup.rules import Refusal
from accounts.start_codes import operations as start_codes
from accounts.start_codes import queries as start_code_queries
from accounts.start_codes.operations import NotGoodError


@dataclass(frozen=True)
class Person:
    """Who somebody says to be: by name or, where our staff saw papers, by date of birth alone."""

    full_name: str
    date_of_birth: date | None = None


class NoAccountMadeError(Exception):
    """No account was made, and nothing else was written."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


def complete(
    *, sign_up_id: str, person: Person, password: str, sign_in_name: str, by: Actor
) -> Account:
    """Make the account of a confirmed sign-up; an empty `sign_in_name` means its address.

    Raises:
        NoAccountMadeError: see its reason; a sign-up makes one account however often it is sent.
    """
    # Before the transaction: a slow hash must not hold the database's write lock.
    encoded = hashed(password)
    return _complete(sign_up_id, person, sign_in_name, encoded, by)


@transaction.atomic
def complete_with_passkey(
    *, sign_up_id: str, person: Person, sign_in_name: str, made: Made, label: str, by: Actor
) -> Authenticator:
    """Make the same account with a passkey and no password, and return the passkey.

    Raises:
        NoAccountMadeError: as above, and where the passkey belongs to somebody already.
    """
    account = _complete(sign_up_id, person, sign_in_name, "", by)
    try:
        return keep_first(account=account, made=made, label=label, by=by)
    except KeyKnownError as error:
        raise NoAccountMadeError(Refusal.PASSKEY_TAKEN) from error


def create_account(
    *,
    sign_in_name: str,
    full_name: str,
    address: str,
    password: str,
    test_group: UUID | None = None,
    claims: Mapping[str, object] | None = None,
    by: Actor,
) -> Account:
    """Make an account whose address is taken as confirmed; `claims` only for test accounts.

    With `test_group` it is one: a made-up person, known to that group's applications alone.

    Raises:
        NoAccountMadeError: the sign-in name is taken, or the address has its most accounts.
        ValueError: claims for an account that is no test account.
    """
    if claims and test_group is None:
        message = "only a test account takes claims"
        raise ValueError(message)
    encoded = hashed(password)
    account = Account(
        full_name=full_name,
        sign_in_name=sign_in_name,
        is_test=test_group is not None,
        test_group=test_group,
        test_claims=dict(claims or {}),
    )
    return insert_account(account=account, address=address, encoded=encoded, by=by)


@transaction.atomic
def insert_account(*, account: Account, address: str, encoded: str, by: Actor) -> Account:
    """Save an account with this password's hash, its address taken as confirmed.

    Raises:
        NoAccountMadeError: the sign-in name is taken, or the address has its most accounts.
    """
    return _create(account, address=address, confirmed_at=timezone.now(), encoded=encoded, by=by)


@transaction.atomic
def _complete(
    sign_up_id: str, person: Person, sign_in_name: str, encoded: str, by: Actor
) -> Account:
    sign_up = confirmation.locked(sign_up_id)
    _check_open(sign_up)
    account = Account(full_name=person.full_name, sign_in_name=sign_in_name or sign_up.address)
    start_code = _start_code(sign_up, account, person)
    _create(
        account,
        address=sign_up.address,
        confirmed_at=sign_up.confirmed_at or timezone.now(),
        encoded=encoded,
        sign_up_id=sign_up.pk,
        by=by,
    )
    if start_code is not None:
        start_codes.use_up(row=start_code, account=account)
    sign_up.completed_at = timezone.now()
    sign_up.save(update_fields=["completed_at"])
    queue(
        template=Template.ACCOUNT_CREATED,
        address=sign_up.address,
        account=account,
        language=account.language,
        news=News.ACCOUNT_CREATED,
    )
    return account


def _start_code(sign_up: PendingSignUp, account: Account, person: Person) -> StartCode | None:
    """Give the account what the sheet carries with which it was begun; return the sheet's code."""
    code = start_code_queries.locked_of_flow(sign_up.flow)
    try:
        if code is not None:
            start_codes.fill(row=code, account=account, born=person.date_of_birth)
    except NotGoodError as error:
        raise NoAccountMadeError(Refusal.START_CODE_ENDED) from error
    if not account.full_name:
        # The page asked for the date of birth alone, and the code ended meanwhile.
        raise NoAccountMadeError(Refusal.START_CODE_ENDED)
    return code


def _check_open(sign_up: PendingSignUp) -> None:
    if sign_up.completed_at is not None:
        raise NoAccountMadeError(Refusal.ALREADY_MADE)
    if confirmation.standing(sign_up) is not Standing.CONFIRMED:
        raise NoAccountMadeError(Refusal.NOT_CONFIRMED)


def _create(
    account: Account,
    *,
    address: str,
    confirmed_at: datetime,
    encoded: str,
    sign_up_id: str = "",
    by: Actor,
) -> Account:
    key = address_key(address)
    if locked_address_use(key) is AddressUse.FULL:
        raise NoAccountMadeError(Refusal.ADDRESS_FULL)
    if encoded:
        account.password = encoded
        account.password_changed_at = timezone.now()
    else:
        account.set_unusable_password()
    account.sign_in_key = sign_in_key(account.sign_in_name)
    account.language = get_language() or settings.LANGUAGE_CODE
    _insert(account)
    note_words(account=account)
    EmailAddress.objects.create(
        account=account,
        address=address,
        address_key=key,
        is_primary=True,
        confirmed_at=confirmed_at,
    )
    about = About(
        account_id=account.pk, object_kind="sign_up" if sign_up_id else "", object_id=sign_up_id
    )
    record(Event.ACCOUNT_CREATED, by=by, about=about)
    return account


def _insert(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:  # the unique sign-in name decides, also between two at once
        raise NoAccountMadeError(Refusal.NAME_TAKEN) from error
