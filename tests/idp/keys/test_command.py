"""`manage.py keys` from a shell."""

import json
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from idp.models import SigningKey
from tests import factories

pytestmark = pytest.mark.django_db


def keys(*arguments: str) -> list[dict[str, Any]]:
    out, err = StringIO(), StringIO()
    call_command("keys", *arguments, "--json", stdout=out, stderr=err)
    parsed = json.loads(out.getvalue())
    assert isinstance(parsed, list)
    return parsed


def test_create_makes_two_keys_an_algorithm_and_may_be_repeated() -> None:
    assert len(keys("create")) == 8
    assert len(keys("create")) == 8


def test_list_shows_states_and_nothing_private() -> None:
    factories.signing_keys()
    rows = keys("list")
    assert sorted(row["state"] for row in rows) == ["active"] * 4 + ["next"] * 4
    assert not any("private" in name or name == "d" for row in rows for name in row)


def test_rotate_may_be_limited_to_one_algorithm() -> None:
    factories.signing_keys()
    retired = [row["algorithm"] for row in keys("rotate", "--algorithm", "ES256")
               if row["state"] == "retired"]  # fmt: skip
    assert retired == ["ES256"]


def test_a_key_that_services_may_not_know_yet_is_not_put_to_use() -> None:
    keys("create")
    with pytest.raises(
        CommandError, match=r"Not rotated: ES256\. The next key must be published for"
    ):
        keys("rotate", "--algorithm", "ES256")
    assert [row["state"] for row in keys("list")].count("active") == 4


def test_what_is_due_is_rotated_and_nothing_else() -> None:
    factories.signing_keys()
    assert len(keys("rotate", "--due")) == 8
    old = SigningKey.objects.filter(algorithm="EdDSA", state="active")
    old.update(activated_at=timezone.now() - settings.KEY_ROTATION)
    rows = keys("rotate", "--due")
    assert [row["algorithm"] for row in rows if row["state"] == "retired"] == ["EdDSA"]
    assert keys("rotate", "--due") == rows


def test_revoke_promotes_the_next_key() -> None:
    factories.signing_keys()
    active = next(row["kid"] for row in keys("list") if row["state"] == "active")
    states = {row["kid"]: row["state"] for row in keys("revoke", active)}
    assert states[active] == "revoked"


def test_an_unknown_key_is_said_plainly() -> None:
    with pytest.raises(CommandError, match="There is no key 'nope'"):
        keys("revoke", "nope")
