"""What lets an operator change a live application before two people approved."""

from enum import StrEnum


class Emergency(StrEnum):
    """Why a change cannot wait."""

    OUTAGE = "outage"
    SAFETY = "safety"
    LAW = "law"
