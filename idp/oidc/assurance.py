"""How we say to applications what a session's sign-in proved (`acr`, `amr`, `auth_time`)."""

from typing import Final, TypedDict

from accounts.assurance import Level, Method
from accounts.models import Session

ACR: Final = {
    Level.ONE_FACTOR: "https://refeds.org/profile/sfa",
    Level.TWO_FACTORS: "https://refeds.org/profile/mfa",
    Level.PHISHING_RESISTANT: "phr",
}
AMR: Final = {Method.PASSWORD: "pwd"}  # RFC 8176 §2


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
        "amr": sorted({AMR[Method(proof["method"])] for proof in session.proofs}),
    }
