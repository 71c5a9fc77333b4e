"""Which addresses mail can be sent to, and which are one mailbox."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models.email_address import ADDRESS_LENGTH, address_key
from accounts.notices.forms import MailAddressField


@pytest.mark.parametrize(
    "one, other",
    [
        ("ann@example.org", "Ann@EXAMPLE.ORG"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@BÜCHER.example", "ann@bu\u0308cher.example"),
        ("ann@example.org", " ann@example.org "),
    ],
)
def test_one_mailbox_has_one_key(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize("other", ["ann+x@example.org", "a.nn@example.org", "ann@example.com"])
def test_two_mailboxes_have_two_keys(other: str) -> None:
    assert address_key("ann@example.org") != address_key(other)


@given(st.text(max_size=400))
def test_whatever_is_typed_is_an_address_or_refused(typed: str) -> None:
    try:
        address = MailAddressField().clean(typed)
    except ValidationError:
        return
    assert len(address) <= ADDRESS_LENGTH
    assert len(address_key(address)) <= ADDRESS_LENGTH
    assert not any(character in address for character in '\r\n\0 ",;<>[]')


@given(st.text(max_size=400))
def test_a_key_can_be_made_of_anything(typed: str) -> None:
    assert address_key(typed) == address_key(address_key(typed))
