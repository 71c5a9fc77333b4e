"""The table of guesses, in the documentation, says what the limits allow."""

from dataclasses import dataclass

import pytest

from accounts.limits import table
from accounts.mailbox.rules import MOST_CODE_TRIES
from accounts.mfa.code_sheets import rules as sheets
from accounts.texts import operations as texts
from tests.environment import ROOT

SIX = 10**6
README = ROOT / "accounts" / "limits" / "README.md"
KNOWS = table.SECOND_STEP_DAILY.amount
READS = KNOWS + table.SECOND_STEP_MAILED_DAILY.amount
OWNS = READS + table.SECOND_STEP_OWN_DAILY.amount
MAILED = table.SIGN_IN_MAIL_DAILY.amount * table.SIGN_IN_CODE.amount
# Each text has tries of its own, and all of them together those of its second step.
TEXTED = min(table.TEXT_MESSAGE_DAILY.amount * texts.TRIES, KNOWS)
TEXTED_READS = TEXTED + min(
    table.TEXT_MESSAGE_MAILED_DAILY.amount * texts.TRIES, table.SECOND_STEP_MAILED_DAILY.amount
)
TEXTED_OWNS = TEXTED_READS + min(
    table.TEXT_MESSAGE_OWN_DAILY.amount * texts.TRIES, table.SECOND_STEP_OWN_DAILY.amount
)
SIGN_UP = table.SIGN_UP_MAIL_DAILY.amount * MOST_CODE_TRIES


@dataclass(frozen=True)
class Guess:
    """So many values, of which so many are right, and so many tries a day."""

    values: int
    right: int
    tries: int

    @property
    def cells(self) -> list[str]:
        """Return what the table says of it."""
        day = 100 * self.tries * self.right / self.values
        digits = 3 if day >= 0.001 else 4
        month = f"{30 * day:.2f}" if day >= 0.001 else f"{30 * day:.3f}"
        one_in = f"{self.values // self.right:,}"
        return [one_in, str(self.tries), f"{day:.{digits}f}%", f"{month}%"]


GUESSES = {
    ("app", "knows the password"): Guess(SIX, 3, KNOWS),
    ("app", "also reads the mail"): Guess(SIX, 3, READS),
    ("app", "also has a browser of the owner's"): Guess(SIX, 3, OWNS),
    ("printed sheet", "all of that"): Guess(10**sheets.DIGITS, 1, OWNS),
    ("text message", "knows the password"): Guess(SIX, 1, TEXTED),
    ("text message", "also reads the mail"): Guess(SIX, 1, TEXTED_READS),
    ("text message", "also has a browser of the owner's"): Guess(SIX, 1, TEXTED_OWNS),
    ("mailed code, before a password", "knows the name"): Guess(SIX, 1, MAILED),
    ("mailed code of a sign-up", "knows the address"): Guess(SIX, 1, SIGN_UP),
}


def rows() -> dict[tuple[str, str], list[str]]:
    """Return the cells of each row, by what is guessed and by whom."""
    lines = [line for line in README.read_text().splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]
    return {(row[0], row[1]): row[2:] for row in cells}


def test_every_guess_has_its_row() -> None:
    assert list(rows()) == list(GUESSES)


@pytest.mark.parametrize("guess", GUESSES)
def test_its_chances_are_what_the_limits_allow(guess: tuple[str, str]) -> None:
    assert rows()[guess] == GUESSES[guess].cells
