"""What somebody who cannot sign in is answered, by mail alone, and which ways are open to them."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.recovery.rules import Status


class Answer(StrEnum):
    """The mail that goes out; the page is the same for all of them."""

    WAYS = "ways"
    SHARED_ADDRESS = "shared_address"
    NOT_POSSIBLE = "not_possible"
    NO_ACCOUNT = "no_account"
    NOBODY = "nobody"
    ENOUGH = "enough"


class Way(StrEnum):
    """What the page behind the link offers; the first that applies is shown first."""

    PASSWORD_BY_MAIL = "password_by_mail"
    KNOWN_PASSWORD = "known_password"
    BY_POST = "by_post"
    CODE = "code"


@dataclass(frozen=True)
class Found:
    """The account that was meant: by its sign-in name, or by an address that it may share."""

    status: Status
    shared: bool
    named: bool


@dataclass(frozen=True)
class Account:
    """What decides which ways it has. `may_be_posted`: a code may go to its checked address."""

    status: Status
    has_password: bool
    shares_mailbox: bool
    may_be_posted: bool


def answer(found: Found | None, *, is_address: bool) -> Answer:
    """Return the answer for what was typed; `is_address`: mail may go there."""
    if found is None:
        return Answer.NO_ACCOUNT if is_address else Answer.NOBODY
    if found.shared and not found.named:
        return Answer.SHARED_ADDRESS
    return Answer.NOT_POSSIBLE if found.status is Status.STOPPED else Answer.WAYS


def ways(account: Account) -> list[Way]:
    """Return the ways back that the reader of the account's mailbox may try."""
    if account.status is Status.STOPPED:
        return []
    if account.status is Status.FROZEN:
        return [Way.CODE]
    by_password = [Way.KNOWN_PASSWORD] if account.has_password else []
    by_mail = [Way.PASSWORD_BY_MAIL] if account.has_password and not account.shares_mailbox else []
    by_post = [Way.BY_POST] if account.may_be_posted else []
    return [*by_mail, *by_password, *by_post, Way.CODE]
