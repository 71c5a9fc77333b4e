"""How we say to applications what a session's sign-in proved (`acr`, `amr`, `auth_time`)."""

from typing import Final, TypedDict

from accounts.assurance import Level, Method, methods_in
from accounts.models import Session

ACR: Final = {
    Level.ONE_FACTOR: "https://refeds.org/profile/sfa",
    Level.TWO_FACTORS: "https://refeds.org/profile/mfa",
    Level.PHISHING_RESISTANT: "phr",
}
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
    """The claims that ID tokens carry about a sign-in; `auth_time` in seconds since the epoch."""

    auth_time: int
    acr: str
    amr: list[str]


def authentication_of(session: Session) -> Authentication:
    """Return what ID tokens say about this session's sign-in."""
    return {
        "auth_time": int(session.auth_time.timestamp()),
        "acr": ACR[Level(session.level)],
        "amr": _amr(session),
    }


def _amr(session: Session) -> list[str]:
    values = {value for method in methods_in(session.proofs) for value in AMR[method]}
    # RFC 8176 §2, "mfa": said beside the methods, where there were several.
    return sorted(values | ({"mfa"} if session.level > Level.ONE_FACTOR else set()))
