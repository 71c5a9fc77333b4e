"""What every protocol test stands on: a database, signing keys, an application."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from accounts.models import Account
from clients.models import Resource
from idp.trail import noting
from idp.trail.entry import Entry
from tests import factories
from tests.environment import ROOT
from tests.factories import IssuedCode
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident
from tests.serving.provider import Served


@pytest.fixture(autouse=True)
def _keys(db: None) -> None:  # noqa: ARG001 - asked for its effect
    factories.signing_keys()


@pytest.fixture
def partner() -> Partner:
    return Partner.confidential()


@pytest.fixture
def public_partner() -> Partner:
    return Partner.public()


@pytest.fixture
def api(partner: Partner) -> Resource:
    """Return an API that the partner may call."""
    return factories.resource(partner.application)


@pytest.fixture
def server(api: Resource) -> Partner:
    """Return the API itself, as a program that asks about tokens."""
    return Partner.confidential(of=api.organisation, serves=api)


@pytest.fixture
def api_grant(partner: Partner, api: Resource) -> IssuedCode:
    """Return a resident's code for the API."""
    return factories.grant(partner.application, resource=api.identifier)


@pytest.fixture
def api_token(partner: Partner, api_grant: IssuedCode) -> str:
    """Return the access token of this code."""
    return str(body(partner.exchange(api_grant))["access_token"])


@pytest.fixture
def resident() -> Resident:
    return Resident()


@pytest.fixture
def account() -> Account:
    """Return somebody who can sign in by password."""
    return factories.account("ann@example.org", password=factories.PASSWORD)


@pytest.fixture
def signed_in(resident: Resident, account: Account) -> Resident:
    """Return the browser in which the account is signed in."""
    resident.sign_in(account)
    return resident


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    """Return what is left in the trails of applications, for their developers to read."""
    entries: list[Entry] = []
    monkeypatch.setattr(noting.writer, "put", entries.append)
    return entries


@pytest.fixture(scope="session")
def ask(served: Served) -> Iterator[Callable[..., dict[str, Any]]]:
    """Yield a way to make and read rows of the served provider."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.protocol.served_rows"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=served.environment,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        lines, answers = process.stdin, process.stdout

        def asked(*question: str) -> dict[str, Any]:
            lines.write(json.dumps(question) + "\n")
            lines.flush()
            return dict(json.loads(answers.readline()))

        yield asked
