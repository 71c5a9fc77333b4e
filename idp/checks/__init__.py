"""System checks that refuse unsafe or contradictory settings, in words that name the variable.

Owns no setting: each rule reads what idp.settings made of the environment. They run with every
operator command, and the server refuses to start while one of them finds an error.
"""

from idp.checks import (
    closing,
    council,
    directory,
    exposure,
    lifetimes,
    outgoing,
    passkeys,
    passwords,
    recovery,
    secrets,
)
from idp.checks.registry import TAG, refuse_unsafe_settings

__all__ = [
    "TAG",
    "closing",
    "council",
    "directory",
    "exposure",
    "lifetimes",
    "outgoing",
    "passkeys",
    "passwords",
    "recovery",
    "refuse_unsafe_settings",
    "secrets",
]
