"""Codes on paper, each good once; stored as keyed hashes of the code with its set's id."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from accounts.models import Authenticator, NumberedCode
from accounts.security import keyed_hash

_PURPOSE = "numbered-code"


@dataclass(frozen=True)
class Left:
    """How many codes of a set are unused, and the lowest of their numbers."""

    count: int
    next_number: int | None


def store(way: Authenticator, codes: Iterable[str]) -> None:
    """Keep the codes, numbered from 1."""
    NumberedCode.objects.bulk_create(
        NumberedCode(authenticator=way, number=number, code_hash=_hash(way, code))
        for number, code in enumerate(codes, start=1)
    )


def take(way: Authenticator, code: str, *, number: int | None = None) -> bool:
    """Use the code up, of this number if one is given; say whether it was there to be used."""
    hashes = keyed_hash.candidates(_PURPOSE, _bound(way, code))
    rows = NumberedCode.objects.filter(authenticator=way, code_hash__in=hashes, used_at=None)
    if number is not None:
        rows = rows.filter(number=number)
    # In one statement: of requests that bring the same code at once, one alone takes it.
    return rows.update(used_at=timezone.now()) > 0


def left(way: Authenticator) -> Left:
    """Return what is left of the set."""
    rows = NumberedCode.objects.filter(authenticator=way, used_at=None)
    return Left(rows.count(), rows.aggregate(lowest=Min("number"))["lowest"])


def _hash(way: Authenticator, code: str) -> str:
    return keyed_hash.digest(_PURPOSE, _bound(way, code))


def _bound(way: Authenticator, code: str) -> str:
    return f"{way.pk}\0{code}"
