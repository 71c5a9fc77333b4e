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
    """Let addresses of keys answer with a set, those of notices with text; no name has a record."""
    answer = Fetched(200, json.dumps(JWKS).encode(), {})
    keys, notices = (mock.patch(name, return_value=answer) for name in _FETCHES)
    records = mock.patch("clients.organisations.proving.lookup.texts", return_value=[])
    with keys, notices, records:
        yield
