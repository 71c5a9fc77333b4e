"""`manage.py keys` from a shell."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import factories

pytestmark = pytest.mark.django_db


def keys(*arguments: str) -> list[dict[str, Any]]:
    out, err = StringIO(), StringIO()
    call_command("keys", *arguments, "--json", stdout=out, stderr=err)
    parsed = json.loads(out.getvalue())
    assert isinstance(parsed, list)
    return parsed


def test_create_makes_two_keys_an_algorithm_and_may_be_repeated() -> None:
    assert len(keys("create")) == 4
    assert len(keys("create")) == 4


def test_list_shows_states_and_nothing_private() -> None:
    factories.signing_keys()
    rows = keys("list")
    assert sorted(row["state"] for row in rows) == ["active", "active", "next", "next"]
    assert not any("private" in name or name == "d" for row in rows for name in row)


def test_rotate_may_be_limited_to_one_algorithm() -> None:
    factories.signing_keys()
    retired = [row["algorithm"] for row in keys("rotate", "--algorithm", "ES256")
               if row["state"] == "retired"]  # fmt: skip
    assert retired == ["ES256"]


def test_revoke_promotes_the_next_key() -> None:
    factories.signing_keys()
    active = next(row["kid"] for row in keys("list") if row["state"] == "active")
    states = {row["kid"]: row["state"] for row in keys("revoke", active)}
    assert states[active] == "revoked"


def test_an_unknown_key_is_said_plainly() -> None:
    with pytest.raises(CommandError, match="There is no key 'nope'"):
        keys("revoke", "nope")
