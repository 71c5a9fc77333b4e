"""Why a password is refused, in one sentence for whoever chose it."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.council.queries import council
from accounts.passwords.rules import MAXIMUM_LENGTH, Weakness, weakness

_SENTENCES: dict[Weakness, Promise] = {
    Weakness.COMMON: gettext_lazy("This password is easy to guess because many people use it"),
    Weakness.PERSONAL: gettext_lazy(
        "This password is easy to guess because it is mostly your name or email address"
    ),
    Weakness.LOCAL: gettext_lazy(
        "This password is easy to guess because it is mostly the name of the council or service"
    ),
    Weakness.REPEATED: gettext_lazy(
        "This password is easy to guess because it repeats the same characters or words"
    ),
    Weakness.SEQUENCE: gettext_lazy(
        "This password is easy to guess because it has a run like “abc” or “123”"
    ),
    Weakness.KEYBOARD: gettext_lazy(
        "This password is easy to guess because its keys are next to each other on a keyboard"
    ),
    Weakness.DATE: gettext_lazy("This password is easy to guess because it is mostly a date"),
    Weakness.FEW_WORDS: gettext_lazy(
        "This password is easy to guess because it is made of one or two common words or names"
    ),
    Weakness.GUESSABLE: gettext_lazy("This password is easy for a computer to guess"),
}


def refusal(password: str, *, own_words: Iterable[str]) -> str | None:
    """Return why the password may not be used, in one sentence, or None for a good one.

    `own_words` are the person's name, address and sign-in name.
    """
    shown = council()
    reason = weakness(
        password,
        least=settings.PASSWORD_MINIMUM_LENGTH,
        own_words=own_words,
        local_words=[shown.name, shown.service],
    )
    if reason is None:
        return None
    if reason is Weakness.TOO_SHORT:
        return _too_short(settings.PASSWORD_MINIMUM_LENGTH)
    if reason is Weakness.TOO_LONG:
        return _("Your password must be {most} characters or fewer").format(most=MAXIMUM_LENGTH)
    return str(_SENTENCES[reason])


def _too_short(least: int) -> str:
    return ngettext(
        "Your password must be {least} character or more",
        "Your password must be {least} characters or more",
        least,
    ).format(least=least)
