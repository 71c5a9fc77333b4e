"""By what the provider and an application sign what they tell each other."""

from enum import StrEnum


class Algorithm(StrEnum):
    """An algorithm of signatures (RFC 7518 §3.1, RFC 8037 §3.1)."""

    ES256 = "ES256"
    RS256 = "RS256"
    PS256 = "PS256"
    EDDSA = "EdDSA"
