"""Which code counts when (RFC 6238)."""

import hmac
from base64 import b32encode
from datetime import datetime

import pyotp

SECRET_BYTES = 20  # RFC 4226 §4 R6: 160 bits
_STEP = 30
# One step each way, for clocks that differ and for slow typing (RFC 6238 §5.2).
_AROUND = (-1, 0, 1)


def matching_step(secret: bytes, code: str, *, now: datetime, after: int) -> int | None:
    """Return the time step whose code this is, if it is near and later than the last one taken."""
    current = step_at(now)
    for step in (current + offset for offset in _AROUND):
        if step > after and hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return step
    return None


def step_at(now: datetime) -> int:
    """Return the time step of this moment."""
    return int(now.timestamp()) // _STEP


def begins(step: int) -> int:
    """Return when the time step begins, in seconds since 1970."""
    return step * _STEP


def code_at(secret: bytes, step: int) -> str:
    """Return the code that an app with this secret shows in the time step."""
    return pyotp.TOTP(as_text(secret), interval=_STEP).at(begins(step))


def as_text(secret: bytes) -> str:
    """Return the secret as apps take it by hand (base32, RFC 4648 §6)."""
    return b32encode(secret).decode()


def address_of(secret: bytes, *, name: str, issuer: str) -> str:
    """Return what the square says: the address that apps read a new secret from."""
    # A colon divides issuer and name there.
    plain = issuer.replace(":", " ")
    return pyotp.TOTP(as_text(secret)).provisioning_uri(name=name, issuer_name=plain)
