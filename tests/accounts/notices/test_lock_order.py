"""What a mailed link changes is held in the order in which everything else holds it."""

import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.notices.catalogue import RESET_LINK, Template
from accounts.notices.operations import queue
from accounts.notices.queries import lock_link
from accounts.notices.rules import LinkState
from tests import factories
from tests.accounts import post

ACCOUNTS, MAILS = "accounts_account", "accounts_outboundmessage"
pytestmark = pytest.mark.django_db


def test_the_account_is_held_before_the_mail_so_that_two_never_wait_for_each_other() -> None:
    ann = factories.account("ann@example.org")
    mail = queue(
        template=Template.PASSWORD_RESET, address="ann@example.org", account=ann, language="en-gb"
    )
    token = post.newest().path("/reset-password/").rpartition("/")[2]
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        found = lock_link(RESET_LINK, token)
    assert (found.state, found.message) == (LinkState.GOOD, mail)
    tables = [table for one in statements if (table := _read_whole(one["sql"]))]
    assert tables[:2] == [ACCOUNTS, MAILS]


def test_an_unknown_link_holds_nobody() -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        assert lock_link(RESET_LINK, "made-up").state is LinkState.UNKNOWN
    assert ACCOUNTS not in [_read_whole(one["sql"]) for one in statements]


def _read_whole(statement: str) -> str:
    """Return the table whose rows a statement reads, as one that locks them does; else nothing."""
    read = re.match(r'SELECT "(\w+)"\."\w+"(?: AS "\w+")?, "\1"', statement)
    return read.group(1) if read else ""
