"""What all operator commands share, and `manage.py account`."""

import io
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import get_commands
from django.utils import timezone

from accounts.models import Account
from accounts.passwords import operations as passwords
from idp.models import RefreshToken
from tests import factories
from tests.accounts import post
from tests.commands import refused, run, text

pytestmark = pytest.mark.django_db

PIPED = ["--email", "amara@example.com", "--name", "Amara Okafor", "--password-stdin"]


@pytest.fixture
def amara() -> dict[str, Any]:
    created: dict[str, Any] = run(
        "account", "create", "--email", "amara@example.com", "--name", "Amara Okafor"
    )
    return created


def offline_token(account: Account) -> RefreshToken:
    issued = factories.grant(factories.application(), account=account)
    return RefreshToken.objects.create(
        user=account,
        application=issued.application,
        token_hash="a hash",
        token_family=issued.grant.token_family,
        scope="openid offline_access",
        consent=issued.grant.consent,
        participant=issued.grant.participant,
        expires=timezone.now() + timedelta(days=30),
        authentication=issued.grant.authentication,
    )


@pytest.mark.parametrize("noun", ["account", "application", "organisation"])
def test_an_empty_list_is_a_list(noun: str) -> None:
    assert run(noun, "list") == []
    assert text(noun, "list")[0] == "None.\n"


@pytest.mark.parametrize("noun", ["account", "application", "organisation"])
@pytest.mark.parametrize("verb", ["show", "suspend", "reinstate"])
def test_what_is_not_there_is_refused_by_name(noun: str, verb: str) -> None:
    message, code = refused(noun, verb, "nobody\x1b[31m")
    assert code == 1
    assert "nobody" in message
    assert "\x1b" not in message


def test_a_hostile_name_sends_nothing_to_the_terminal() -> None:
    factories.account("a@example.com", full_name="Ann\x1b]0;owned\x07")
    assert "\x1b" not in text("account", "list")[0]


def test_json_keeps_a_hostile_name_whole_and_sends_nothing_to_the_terminal() -> None:
    name = "Ann \u202eelpmaxE\x9b31m\U000e0041 \u00c9"
    account = factories.account("a@example.com", full_name=name)
    assert run("account", "show", str(account.pk))["name"] == name
    shown = text("account", "list", "--json")[0]
    assert all(letter.isprintable() for letter in shown.replace("\n", ""))
    assert "\u00c9" in shown


def test_an_id_means_its_account_whatever_others_call_themselves() -> None:
    ann = factories.account("ann@example.com")
    factories.account("eve@example.com", sign_in_name=str(ann.pk))
    assert run("account", "show", str(ann.pk))["sign_in_name"] == "ann@example.com"


def test_its_password_is_shown_once_and_works(amara: dict[str, Any]) -> None:
    account = Account.objects.get(pk=amara["account"])
    assert passwords.check(account, amara["password"])
    assert amara["email_addresses"] == ["amara@example.com"]
    assert "password" not in run("account", "show", "AMARA@example.com")


def test_it_is_found_by_id_too(amara: dict[str, Any]) -> None:
    assert run("account", "show", amara["account"])["sign_in_name"] == "amara@example.com"


def test_a_password_can_be_piped_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("lantern gravel orbit plum\n"))
    created = run("account", "create", *PIPED)
    assert "password" not in created
    account = Account.objects.get(pk=created["account"])
    assert passwords.check(account, "lantern gravel orbit plum")


@pytest.mark.parametrize("typed", ["", "short\n", "password1234\n", "Amara Okafor 1\n"])
def test_a_weak_password_is_misuse(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    message, code = refused("account", "create", *PIPED)
    assert code == 2
    assert "password" in message
    assert not Account.objects.exists()


def test_a_second_account_of_a_mailbox_needs_its_own_sign_in_name(
    amara: dict[str, Any],
) -> None:
    again = ["--email", amara["sign_in_name"], "--name", "Ben Okafor"]
    message, code = refused("account", "create", *again)
    assert code == 1
    assert "--sign-in-name" in message
    assert run("account", "create", *again, "--sign-in-name", "ben.o")["name"] == "Ben Okafor"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--email", "nonsense", "--name", "A"],
        ["--email", "a@localhost", "--name", "A"],
        ["--email", "a@exam\u1d56le.com", "--name", "A"],
        ["--email", "\u212aim@example.com", "--name", "A"],
        ["--email", "a@example.com", "--name", " "],
        ["--email", "a@example.com", "--name", "A\nB"],
        ["--email", "a@example.com", "--name", "A\u200bB"],
        ["--email", "a@example.com", "--name", "\u3164"],
        ["--email", "a@example.com", "--name", "A" * 201],
        ["--email", "a@example.com", "--name", "A", "--sign-in-name", "b@example.com"],
        ["--email", "a\0@example.com", "--name", "A"],
    ],
)
def test_unfit_names_are_misuse(arguments: list[str]) -> None:
    assert refused("account", "create", *arguments)[1] == 2
    assert not Account.objects.exists()


def test_a_suspension_ends_sessions_and_all_tokens(amara: dict[str, Any]) -> None:
    account = Account.objects.get(pk=amara["account"])
    session = factories.session(account)
    assert run("account", "suspend", amara["account"])["status"] == "suspended"
    session.refresh_from_db()
    assert session.end_reason == "account_suspended"
    assert run("account", "reinstate", amara["account"])["status"] == "active"
    assert run("account", "show", amara["account"])["open_sessions"] == 0
    told = post.newest().text
    assert "We suspended your account" in told
    assert "Your account is no longer suspended" in told


def test_a_freeze_ends_all_and_reinstating_does_not_undo_it(amara: dict[str, Any]) -> None:
    account = Account.objects.get(pk=amara["account"])
    session, token = factories.session(account), offline_token(account)
    assert run("account", "freeze", amara["account"])["status"] == "frozen"
    session.refresh_from_db()
    token.refresh_from_db()
    assert session.end_reason == "frozen"
    assert token.revoked is not None
    assert run("account", "reinstate", amara["account"])["status"] == "frozen"
    assert run("account", "unfreeze", amara["account"])["status"] == "active"


def test_end_sessions_ends_lasting_access_too(amara: dict[str, Any]) -> None:
    account = Account.objects.get(pk=amara["account"])
    factories.session(account)
    token = offline_token(account)
    ended = run("account", "end-sessions", "amara@example.com")
    assert ended["sessions_ended"] == account.sessions.count() == 2
    token.refresh_from_db()
    assert token.revoked is not None
    assert "You were signed out everywhere" in post.newest().text


def test_a_closed_account_stays_closed(amara: dict[str, Any]) -> None:
    Account.objects.filter(pk=amara["account"]).update(status="closed")
    for verb in ("suspend", "reinstate", "freeze"):
        assert refused("account", verb, amara["account"]) == ("The account is closed", 1)


def test_a_list_is_cut_where_asked(amara: dict[str, Any]) -> None:
    factories.account("b@example.com")
    assert len(run("account", "list")) == 2
    assert [row["sign_in_name"] for row in run("account", "list", "--limit", "1")] != [
        amara["sign_in_name"]
    ]


def test_no_command_of_the_toolkit_is_offered_for_it_knows_nothing_of_our_columns() -> None:
    offered = get_commands()
    assert "oauth2_provider" not in offered.values()
    assert not {"createapplication", "cleartokens", "clearcimdapplications"} & set(offered)
