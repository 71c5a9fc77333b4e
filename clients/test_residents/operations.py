"""Makes test residents, and makes them anew as they were."""

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.freezing import operations as freezing
from accounts.mfa.apps import rules as apps
from accounts.models import Account, AppSecret, Authenticator, Phone, PostalAddress
from accounts.passwords import operations as passwords
from accounts.security import encryption
from accounts.security.tokens import READABLE, typed_secret
from accounts.signup.operations import NoAccountMadeError, insert_account
from accounts.suspension import operations as suspension
from clients.models import Organisation, TestResident
from clients.signals import stopped_sharing_wanted
from clients.test_residents import queries
from clients.test_residents.cast import CAST, Part, Situation

_DOMAIN = "test.invalid"  # RFC 2606 §2: nothing is ever delivered there
_SUFFIX_LENGTH = 4
_TRIES = 3


@dataclass(frozen=True)
class _Password:
    plain: str
    encoded: str


def make_all(*, organisation: Organisation, by: Actor) -> list[TestResident]:
    """Make the test residents that the organisation does not have yet, and return all.

    Call it outside a transaction: each password takes a hash.

    Raises:
        accounts.passwords.hash_queue.HashesBusyError: some are not made; ask again.
    """
    known = set(queries.of(organisation).values_list("situation", flat=True))
    for situation, part in CAST.items():
        if situation not in known:
            _make(organisation, situation, part, _new_password(), by)
    residents = list(queries.of(organisation))
    for resident in residents:
        # With applications, too, that came since.
        _have_stopped(resident, by, again=False)
    return residents


def renew(*, resident: TestResident, by: Actor) -> None:
    """Give the test resident another password and another secret; whoever is signed in is out.

    Call it outside a transaction.

    Raises:
        accounts.passwords.hash_queue.HashesBusyError: nothing was changed.
    """
    password = _new_password()
    with transaction.atomic():
        account = resident.account
        event = Event.PASSWORD_RESET
        passwords.set_password(account=account, encoded=password.encoded, event=event, by=by)
        TestResident.objects.filter(pk=resident.pk).update(password=_sealed(password))
        rows = AppSecret.objects.filter(authenticator__account=account)
        rows.update(secret=_new_secret(), last_step=0)
        suspension.end_everything(account=account, by=by)
        _record(Event.TEST_RESIDENT_RENEWED, resident, by)


@transaction.atomic
def put_back(*, resident: TestResident, by: Actor) -> None:
    """Sign the test resident out everywhere, and have their situation be as it was made."""
    account = resident.account
    suspension.end_everything(account=account, by=by)
    if resident.situation == Situation.FROZEN:
        freezing.freeze_by_operator(account=account, by=by)
    else:
        freezing.unfreeze_by_operator(account=account, by=by)
    _record(Event.TEST_RESIDENT_PUT_BACK, resident, by)
    _have_stopped(resident, by, again=True)


@transaction.atomic
def _make(
    organisation: Organisation, situation: Situation, part: Part, password: _Password, by: Actor
) -> None:
    # Of two that make them at once, one waits here and finds what the other made.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if TestResident.objects.filter(organisation=organisation, situation=situation).exists():
        return
    account = _account(organisation, part, password, by)
    if part.phone:
        Phone.objects.create(account=account, number=part.phone, confirmed_at=timezone.now())
    PostalAddress.objects.create(account=account, lines=part.address, postcode=part.postcode)
    way = Authenticator.objects.create(account=account, kind=Authenticator.Kind.APP)
    AppSecret.objects.create(authenticator=way, secret=_new_secret())
    resident = TestResident.objects.create(
        organisation=organisation,
        account=account,
        situation=situation,
        password=_sealed(password),
    )
    _record(Event.TEST_RESIDENT_MADE, resident, by)
    if situation == Situation.FROZEN:
        freezing.freeze_by_operator(account=account, by=by)


def _account(organisation: Organisation, part: Part, password: _Password, by: Actor) -> Account:
    for _try in range(_TRIES - 1):
        try:
            return _named(organisation, part, password, by)
        except NoAccountMadeError:
            # Some other organisation's has this name: so rare that the third is sure to be free.
            continue
    return _named(organisation, part, password, by)


def _named(organisation: Organisation, part: Part, password: _Password, by: Actor) -> Account:
    suffix = "".join(secrets.choice(READABLE.lower()) for _place in range(_SUFFIX_LENGTH))
    name = f"{part.first_name}.{suffix}@{_DOMAIN}"
    account = Account(
        sign_in_name=name,
        full_name=part.full_name,
        former_name=part.former_name,
        shares_former_name=bool(part.former_name),
        date_of_birth=part.born(timezone.localdate()),
        is_test=True,
        test_group=organisation.pk,
    )
    return insert_account(account=account, address=name, encoded=password.encoded, by=by)


def _have_stopped(resident: TestResident, by: Actor, *, again: bool) -> None:
    if resident.situation == Situation.STOPPED_SHARING:
        stopped_sharing_wanted.send(TestResident, resident=resident, by=by, again=again)


def _new_password() -> _Password:
    plain = typed_secret()
    return _Password(plain, passwords.hashed(plain))


def _sealed(password: _Password) -> str:
    return encryption.encrypt(password.plain.encode())


def _new_secret() -> str:
    return encryption.encrypt(secrets.token_bytes(apps.SECRET_BYTES))


def _record(event: Event, resident: TestResident, by: Actor) -> None:
    about = About(
        account_id=resident.account_id,
        organisation_id=resident.organisation_id,
        reason=resident.situation,
    )
    record(event, by=by, about=about)
