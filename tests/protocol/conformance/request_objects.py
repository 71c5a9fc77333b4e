"""Request objects of a relying party's (OIDC Core §6)."""

import json

from tests.protocol.conformance.relying_party import Parameters, RelyingParty
from tests.protocol.signing import encoded


def claims_of(rp: RelyingParty, asked: Parameters) -> Parameters:
    """Return what an object with these parameters claims."""
    return {**asked, "iss": rp.client_id, "aud": rp.provider.issuer}


def unsigned(rp: RelyingParty, asked: Parameters) -> str:
    """Return an object that says by itself that nobody signed it."""
    parts = (encoded(json.dumps(part).encode()) for part in ({"alg": "none"}, claims_of(rp, asked)))
    return f"{'.'.join(parts)}."


def signed(rp: RelyingParty, asked: Parameters) -> str:
    """Return an object that the relying party signed."""
    assert rp.key
    return rp.key.sign(claims_of(rp, asked))
