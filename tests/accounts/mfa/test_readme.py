"""The table of ways to sign in, in the documentation, says what the code does."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.conf import settings

from accounts.assurance import PASSING, Level, Method, level_of
from accounts.limits import table
from accounts.limits.table import Limit
from accounts.mfa.code_sheets import rules as sheets
from accounts.mfa.passkeys import challenges
from accounts.mfa.recovery_codes import rules as recovery_codes
from accounts.texts import operations as texts
from tests.environment import ROOT

README = ROOT / "accounts" / "mfa" / "README.md"
SHORT = {Level.ONE_FACTOR: "sfa", Level.TWO_FACTORS: "mfa", Level.PHISHING_RESISTANT: "phr"}
CODES = (table.SECOND_STEP, table.SECOND_STEP_DAILY)
LIMITS: dict[Method, Sequence[Limit]] = {
    Method.PASSWORD: [table.SIGN_IN],
    # Nobody guesses a signature.
    Method.PASSKEY: (),
    Method.SECURITY_KEY: (),
    Method.APP: CODES,
    Method.CODE_SHEET: CODES,
    Method.RECOVERY_CODE: CODES,
    Method.TEXT_MESSAGE: [table.TEXT_MESSAGE, table.TEXT_MESSAGE_DAILY],
}
MINUTES = timedelta(minutes=1)
COUNTS = {
    Method.PASSKEY: f"{challenges.LIFETIME // MINUTES} minutes",
    Method.SECURITY_KEY: f"{challenges.LIFETIME // MINUTES} minutes",
    Method.CODE_SHEET: f"each of {sheets.COUNT} codes once",
    Method.RECOVERY_CODE: f"each of {recovery_codes.COUNT} codes once",
    Method.TEXT_MESSAGE: f"{texts.TRIES} tries a code",
}


def rows() -> dict[str, list[str]]:
    """Return the cells of each row, by its way."""
    lines = [line for line in README.read_text().splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0].strip("`"): row[1:] for row in cells}


def words(limit: Limit) -> str:
    """Return the limit as the table says it."""
    minutes = limit.window // MINUTES
    if minutes < 60:
        return f"{limit.amount} in {minutes} minutes"
    return f"{limit.amount} in {minutes // 60} hour{'s' * (minutes > 60)}"


def test_every_way_has_its_row() -> None:
    assert list(rows()) == [method.value for method in Method]
    assert all(len(cells) == 4 and all(cells) for cells in rows().values())


@pytest.mark.parametrize("method", Method)
def test_its_level_is_the_codes(method: Method) -> None:
    level = f"`{SHORT[level_of({Method.PASSWORD, method})]}`"
    lower = f" (`{SHORT[Level.ONE_FACTOR]}` for changing the account)" if method in PASSING else ""
    assert rows()[method.value][0] == level + lower


@pytest.mark.parametrize("method", Method)
def test_its_limits_are_the_codes(method: Method) -> None:
    said = rows()[method.value][2]
    assert said.startswith(" and ".join(words(limit) for limit in LIMITS[method]))
    assert COUNTS.get(method, "") in said


def test_a_text_lasts_as_long_as_it_says() -> None:
    minutes = settings.TEXT_CODE_LIFETIME // MINUTES
    assert f"{minutes} minutes" in rows()["text_message"][1]
