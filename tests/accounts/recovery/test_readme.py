"""The ladder in the documentation is the ladder in the code."""

from accounts.recovery.rules import LADDER, Rung, Terms
from tests.environment import ROOT

README = ROOT / "accounts" / "recovery" / "README.md"


def row(rung: Rung, terms: Terms) -> str:
    """Return the table's row of a rung."""
    hours = round(terms.least_wait.total_seconds() / 3600)
    wait = f"{hours} hours (`BOROUGH_{terms.wait_setting}_SECONDS`)" if hours else "none"
    return f"| `{rung}` | {terms.proves} | {terms.replaces} | {wait} |"


def test_the_table_is_the_codes() -> None:
    table = [line for line in README.read_text().splitlines() if line.startswith("| `")]
    assert table == [row(rung, terms) for rung, terms in LADDER.items()]
