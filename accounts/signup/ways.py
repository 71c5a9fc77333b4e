"""The two ways to make an account: with a password, or with a passkey and none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise

from accounts.assurance import Method
from accounts.audit.actor import ANONYMOUS
from accounts.mfa.passkeys.operations import Asked, check_new
from accounts.mfa.passkeys.wording import words_for
from accounts.models import Account, Challenge, PendingSignUp
from accounts.pages.browser_kind import browser_words
from accounts.sessions.middleware import BoroughRequest
from accounts.signup import operations
from accounts.signup.forms import PasskeyForm, PasswordForm, PersonForm
from accounts.signup.operations import Person

# The field that the page's script fills in.
ANSWER = "passkey"


class NothingToSignInByError(Exception):
    """The browser made no passkey that can be kept; holds what to tell its owner."""

    def __init__(self, words: Promise) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class NewAccount:
    """The account that was made, and what its owner has proved by making it."""

    account: Account
    method: Method
    authenticator: UUID | None = None


@dataclass(frozen=True)
class Way:
    """One of the ways: what its page asks, and what makes the account of the answers.

    `make` raises `operations.NoAccountMadeError` or `NothingToSignInByError`.
    """

    form: type[PersonForm]
    template: str
    make: Callable[[BoroughRequest, PendingSignUp, dict[str, Any]], NewAccount]


def _with_password(
    request: BoroughRequest, sign_up: PendingSignUp, typed: dict[str, Any]
) -> NewAccount:
    del request
    account = operations.complete(
        sign_up_id=sign_up.pk,
        person=_person(typed),
        password=typed["password"],
        sign_in_name=typed.get("sign_in_name", ""),
        by=ANONYMOUS,
    )
    return NewAccount(account, Method.PASSWORD)


def _with_passkey(
    request: BoroughRequest, sign_up: PendingSignUp, typed: dict[str, Any]
) -> NewAccount:
    asked = Asked(Challenge.Purpose.SIGN_UP, request.browser)
    made = check_new(answer=request.POST.get(ANSWER, ""), asked=asked)
    if made.key is None:
        raise NothingToSignInByError(words_for(made.refusal))
    passkey = operations.complete_with_passkey(
        sign_up_id=sign_up.pk,
        person=_person(typed),
        sign_in_name=typed.get("sign_in_name", ""),
        made=made,
        label=browser_words(request.headers.get("User-Agent", "")),
        by=ANONYMOUS,
    )
    return NewAccount(passkey.account, Method.PASSKEY, passkey.pk)


def _person(typed: dict[str, Any]) -> Person:
    return Person(typed.get("full_name", ""), typed.get("date_of_birth"))


PASSWORD: Final = Way(PasswordForm, "details", _with_password)
PASSKEY: Final = Way(PasskeyForm, "passkey", _with_passkey)
