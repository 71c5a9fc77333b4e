"""Accounts, their addresses and sessions."""

from itertools import count
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from accounts.assurance import Level, Method, Proof
from accounts.models import (
    Account,
    ColleagueAccount,
    EmailAddress,
    Session,
    StaffMember,
    StaffRole,
)
from accounts.models.account import sign_in_key
from accounts.models.email_address import address_key
from accounts.security import keyed_hash
from accounts.security.tokens import random_token
from accounts.sessions.operations import Proven

PASSWORD = "purple kettle marathon"

_numbers = count(1)


def account(address: str | None = None, *, password: str | None = None, **columns: Any) -> Account:
    """Return an account with a confirmed main address; it has a password only if one is given."""
    address = address or f"resident{next(_numbers)}@example.org"
    name = columns.pop("sign_in_name", address)
    columns = {"full_name": "Ann Example", **columns}
    row = Account(sign_in_name=name, sign_in_key=sign_in_key(name), **columns)
    if password is None:
        row.set_unusable_password()
    else:
        row.set_password(password)
    row.save()
    email_address(row, address)
    return row


def email_address(account: Account, address: str, **columns: Any) -> EmailAddress:
    """Return a confirmed address of the account, its main one unless said otherwise."""
    defaults = {"is_primary": True, "confirmed_at": timezone.now()}
    return EmailAddress.objects.create(
        account=account,
        address=address,
        address_key=address_key(address),
        **{**defaults, **columns},
    )


def proven(*methods: Method, **columns: Any) -> Proven:
    """Return what a session rests on: these proofs, given now; a password unless told otherwise."""
    now = timezone.now()
    proofs = tuple(Proof(method, now) for method in methods or (Method.PASSWORD,))
    times = {"auth_time": now, "signed_in_at": columns.get("auth_time", now)}
    return Proven(proofs, **{**times, **columns})


def session(account: Account, **columns: Any) -> Session:
    """Return a session signed in just now with a password; nobody holds its cookie."""
    now = timezone.now()
    defaults = {
        "cookie_hash": keyed_hash.digest("test", random_token()),
        "proofs": [{"method": Method.PASSWORD, "at": int(now.timestamp())}],
        "level": Level.ONE_FACTOR,
        "auth_time": now,
        "signed_in_at": columns.get("auth_time", now),
        "last_seen_at": now,
        "expires_at": now + settings.SESSION_ABSOLUTE,
    }
    return Session.objects.create(account=account, **{**defaults, **columns})


def staff_member(*roles: str, address: str | None = None, **columns: Any) -> StaffMember:
    """Return somebody who works for the council, in these roles, with a staff account."""
    # Other processes make some in the same database.
    address = address or f"staff-{uuid4().hex[:12]}@council.example"
    key = f"staff:{address_key(address)}"
    columns = {"full_name": "Sam Staff", "use_checked_from": None, **columns}
    row = Account(sign_in_name=key, sign_in_key=key, staff_since=timezone.now(), **columns)
    row.set_unusable_password()
    row.save()
    for role in roles:
        StaffRole.objects.create(account=row, role=role)
    return StaffMember.objects.create(
        account=row, work_email=address, work_email_key=address_key(address), team="Contact centre"
    )


def own_account(staff: Account) -> Account:
    """Return the account that somebody of the staff has as a resident, and has said is theirs."""
    row = account(f"home-{uuid4().hex[:12]}@example.org")
    ColleagueAccount.objects.create(account=row, staff=staff)
    return row
