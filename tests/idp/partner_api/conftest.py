"""Servers of partners that answer as they should, so that nothing here asks the network."""

import json
from collections.abc import Iterator
from unittest import mock

import pytest

from accounts.security.outgoing.client import Fetched
from tests.idp.partner_api.operations import JWKS

_FETCHES = (
    "clients.applications.pages.credentials.checking.fetch",
    "clients.approval.privacy_notice.operations.fetch",
)


@pytest.fixture(autouse=True)
def servers_of_partners() -> Iterator[None]:
    """Let addresses of keys answer with a set, and those of notices with something to read."""
    answer = Fetched(200, json.dumps(JWKS).encode(), {})
    keys, notices = (mock.patch(name, return_value=answer) for name in _FETCHES)
    with keys, notices:
        yield
