"""Codes made while they are written down, and kept as keyed hashes alone."""

from accounts.models import RecoveryRequest
from accounts.security import keyed_hash
from accounts.security.tokens import readable_code

PURPOSE = "recovery-code"


def mint_recovery_code(request: RecoveryRequest) -> str:
    """Return a new code for the request, of 35 bits, which replaces any before."""
    code = readable_code()
    request.code_hash = keyed_hash.digest(PURPOSE, f"{request.pk}:{code}")
    request.code_tries = 0
    request.save(update_fields=["code_hash", "code_tries"])
    return code
