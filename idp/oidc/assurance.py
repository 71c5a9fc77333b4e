"""What applications ask of a sign-in (`acr_values`) and hear of it (`acr`, `amr`, `auth_time`)."""

from collections.abc import Iterable
from typing import Final, NotRequired, TypedDict

from accounts.assurance import Level, Method, methods_in
from accounts.models import Session

ACR: Final = {
    Level.ONE_FACTOR: "https://refeds.org/profile/sfa",
    Level.TWO_FACTORS: "https://refeds.org/profile/mfa",
    Level.PHISHING_RESISTANT: "phr",
}
LEVEL_OF: Final = {acr: level for level, acr in ACR.items()}
# RFC 8176 §2. A passkey tells of its user too; a code on paper is a one-time password as well.
AMR: Final[dict[Method, tuple[str, ...]]] = {
    Method.PASSWORD: ("pwd",),
    Method.PASSKEY: ("pop", "user", "mfa"),
    Method.SECURITY_KEY: ("hwk",),
    Method.APP: ("otp",),
    Method.CODE_SHEET: ("otp",),
    Method.RECOVERY_CODE: ("otp",),
    Method.TEXT_MESSAGE: ("sms",),
}


class Authentication(TypedDict):
    """The claims that ID tokens carry about a sign-in; `auth_time` in seconds since the epoch.

    `vot` and `vtm` say the same as `acr` to whoever asked by vectors (RFC 8485 §3.1).
    """

    auth_time: int
    acr: str
    amr: list[str]
    vot: NotRequired[str]
    vtm: NotRequired[str]


def known(acr_values: Iterable[str]) -> list[str]:
    """Return those of the values that we can answer, each once, in the application's order."""
    return [value for value in dict.fromkeys(acr_values) if value in LEVEL_OF]


def level_needed(acr_values: Iterable[str], *, at_least: Level) -> Level:
    """Return how strong a sign-in has to be: any one of the values will do, so the lowest.

    `at_least` is what the application must have, whatever its requests ask for.
    """
    return max(at_least, min((LEVEL_OF[value] for value in acr_values), default=at_least))


def values_for(level: Level) -> list[str]:
    """Return every value that says at least this, the lowest first."""
    return [acr for other, acr in ACR.items() if other >= level]


def authentication_of(
    session: Session, *, asked: Iterable[str] = (), at_least: Level = Level.ONE_FACTOR
) -> Authentication:
    """Return what ID tokens say about this session's sign-in, to whoever asked for one of these.

    Of those asked for, `acr` is the first that was reached: an application that compares it with
    what it asked for must not turn away somebody who signed in more strongly (RFC 9470 §5).
    """
    level = Level(session.level)
    reached = (value for value in asked if at_least <= LEVEL_OF[value] <= level)
    return {
        "auth_time": int(session.auth_time.timestamp()),
        "acr": next(reached, ACR[level]),
        "amr": _amr(session),
    }


def _amr(session: Session) -> list[str]:
    values = {value for method in methods_in(session.proofs) for value in AMR[method]}
    # RFC 8176 §2, "mfa": said beside the methods, where there were several.
    return sorted(values | ({"mfa"} if session.level > Level.ONE_FACTOR else set()))
