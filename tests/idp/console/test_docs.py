"""The page for managers of a contact centre says what the code does."""

import re
from datetime import timedelta
from typing import Any

import pytest

from accounts.history.wording import ROLES
from accounts.limits.table import (
    CALLERS_CHECKED,
    COUNTER_CHECKS,
    HELP_LOOKS,
    HELP_LOOKS_ALONE,
    HELP_MISSES,
    HELP_SAME_PERSON,
    NAME_SEARCHES,
    NAME_SEARCHES_DAILY,
    START_CODES_MADE,
    Limit,
)
from accounts.staff import MAY, Permission, Role
from idp.console.acts.table import ACTS, Terms
from idp.console.fishing.rules import Pattern
from idp.console.helping.rules import Tier
from idp.console.helping.wording import TIERS
from tests.environment import ROOT
from tests.project.test_access import ADDRESSES

PAGE = ROOT / "idp" / "console" / "README.md"
_ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \| (yes|no) \| (yes|no) \| (.+?) \|$", re.MULTILINE)
ROWS = {row[0]: row[1:] for row in _ROW.findall(PAGE.read_text(encoding="utf-8"))}
# The page behind each row that is not of the table of acts, and whether two must agree.
PAGES = {
    "See why they are stuck": ("staff/help/<uuid:help_id>", False),
    "Send the email again": ("staff/help/<uuid:help_id>/send-again", False),
    "Let them try again now": ("staff/help/<uuid:help_id>/lift-limits", False),
    "Email the ways to get back in": ("staff/help/<uuid:help_id>/ways-back", False),
    "Read what happened to the account, and to its emails": (
        "staff/help/<uuid:help_id>/timeline",
        False,
    ),
    "Search by name": ("staff/help/<uuid:help_id>/search", False),
    "Note that somebody has died": ("staff/help/<uuid:help_id>/death", False),
    "Give back an account that was held by mistake": (
        "staff/help/<uuid:help_id>/death/undo",
        False,
    ),
    "Protect an account": ("staff/help/<uuid:help_id>/protection", False),
    "Lend a security key, or take one back": ("staff/help/<uuid:help_id>/keys", False),
    "Have a sheet of codes posted": ("staff/help/<uuid:help_id>/letters", False),
    "Print a sheet with a start code": ("staff/start-codes/new", False),
    "Answer a complaint": ("staff/complaints/<slug:code>", False),
    "Keep looks back": ("staff/hold-backs/ask", True),
    "Decide what a colleague asks for": ("staff/requests/<uuid:request_id>", True),
}

_WATCHED = re.compile(r"^\| (.+?) \| (.+? in an? (?:hour|day).*?) \| (yes|no) \|$", re.MULTILINE)
# What each kind of alert is called there, its limits, and whether they stop somebody.
WATCHED = {
    Pattern.MANY_LOOKS: ("Looks people up", (HELP_LOOKS,), True),
    Pattern.MANY_MISSES: (
        "Types codes, names or addresses that lead nowhere",
        (HELP_MISSES,),
        True,
    ),
    Pattern.MANY_NAMES: ("Searches by name", (NAME_SEARCHES, NAME_SEARCHES_DAILY), True),
    Pattern.MANY_CHECKS: ("Types codes or papers to check callers", (CALLERS_CHECKED,), True),
    Pattern.MANY_PAPERS: (
        "Checks papers for one account, together with colleagues",
        (COUNTER_CHECKS,),
        True,
    ),
    Pattern.MANY_STARTS: ("Prints sheets with a start code", [START_CODES_MADE], True),
    Pattern.SAME_PERSON: ("Looks up one and the same person", (HELP_SAME_PERSON,), False),
    Pattern.LOOKS_ALONE: (
        "Opens the accounts of many people, and helps fewer than one in five",
        (HELP_LOOKS_ALONE,),
        False,
    ),
}


def _who(permission: Permission) -> str:
    return ", ".join(str(ROLES[role]).lower() for role in Role if permission in MAY[role])


def _sure(tier: Tier | None) -> str:
    return "no caller" if tier is None else str(TIERS[tier]).lower()


def _answer(*, holds: bool) -> str:
    return "yes" if holds else "no"


def test_every_row_is_an_act_or_a_page() -> None:
    assert set(ROWS) == {str(terms.name) for terms in ACTS.values()} | set(PAGES)


@pytest.mark.parametrize("terms", ACTS.values(), ids=[act.value for act in ACTS])
def test_an_act_stands_there_as_in_the_table(terms: Terms) -> None:
    assert ROWS[str(terms.name)] == (
        _who(terms.permission),
        _sure(terms.tier),
        _answer(holds=terms.is_fresh),
        _answer(holds=terms.needs_two),
        str(terms.notices),
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_stands_there_as_its_door_is(name: str) -> None:
    path, needs_two = PAGES[name]
    door: dict[str, Any] = vars(ADDRESSES[path].callback)
    assert ROWS[name][:4] == (
        _who(door["permission"]),
        _sure(door.get("tier")),
        _answer(holds="is_fresh" in door),
        _answer(holds=needs_two),
    )


def _often(limit: Limit) -> str:
    return f"{limit.amount} in {'an hour' if limit.window == timedelta(hours=1) else 'a day'}"


def test_what_is_watched_stands_there_with_its_limits() -> None:
    said = {what: rest for what, *rest in _WATCHED.findall(PAGE.read_text(encoding="utf-8"))}
    assert set(WATCHED) == set(Pattern)
    assert said == {
        name: [", ".join(map(_often, limits)), _answer(holds=stops)]
        for name, limits, stops in WATCHED.values()
    }
