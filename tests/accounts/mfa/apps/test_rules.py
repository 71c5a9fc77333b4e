"""Which code of an app counts when (RFC 6238)."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.mfa.apps import rules
from accounts.mfa.apps.square import square
from tests.factories.ways import code_of

SECRET = b"12345678901234567890"
NOW = datetime(2026, 3, 2, 12, 0, 10, tzinfo=UTC)
STEP = timedelta(seconds=30)
CURRENT = int(NOW.timestamp()) // 30


@pytest.mark.parametrize(
    "seconds, code", [(59, "287082"), (1111111109, "081804"), (1234567890, "005924")]
)
def test_codes_are_those_of_the_specification(seconds: int, code: str) -> None:
    # RFC 6238 appendix B, the last six digits.
    now = datetime.fromtimestamp(seconds, UTC)
    assert rules.matching_step(SECRET, code, now=now, after=0) == seconds // 30


@pytest.mark.parametrize("offset, step", [(-1, CURRENT - 1), (0, CURRENT), (1, CURRENT + 1)])
def test_a_clock_may_be_half_a_minute_off(offset: int, step: int) -> None:
    code = code_of(SECRET, NOW + offset * STEP)
    assert rules.matching_step(SECRET, code, now=NOW, after=0) == step


@pytest.mark.parametrize("offset", [-2, 2, 100])
def test_a_code_of_another_time_is_wrong(offset: int) -> None:
    code = code_of(SECRET, NOW + offset * STEP)
    assert rules.matching_step(SECRET, code, now=NOW, after=0) is None


def test_no_code_counts_twice_nor_one_before_it() -> None:
    before, now = code_of(SECRET, NOW - STEP), code_of(SECRET, NOW)
    assert rules.matching_step(SECRET, now, now=NOW, after=CURRENT) is None
    assert rules.matching_step(SECRET, before, now=NOW, after=CURRENT) is None
    later = code_of(SECRET, NOW + STEP)
    assert rules.matching_step(SECRET, later, now=NOW, after=CURRENT) == CURRENT + 1


@pytest.mark.parametrize("code", ["", "é" * 6, "000000", "\ud800"[:0]])
def test_anything_else_is_wrong(code: str) -> None:
    assert rules.matching_step(SECRET, code, now=NOW, after=0) is None


def test_the_address_names_the_account_and_who_runs_it() -> None:
    address = urlsplit(rules.address_of(SECRET, name="ann@example.org", issuer="Login: Borough"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert parse_qs(address.query)["secret"] == [b32encode(SECRET).decode()]
    assert "%3A%20" not in address.path


def test_the_square_fits_the_content_policy() -> None:
    drawn = square(rules.address_of(SECRET, name="ann@example.org", issuer="Borough Login"))
    assert drawn.startswith("<svg ")
    assert "style=" not in drawn
    assert "<script" not in drawn
