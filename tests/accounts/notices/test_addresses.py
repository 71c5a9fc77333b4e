"""Which addresses mail can be sent to, and which are one mailbox."""

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
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


@pytest.mark.parametrize(
    "typed, stored",
    [
        (" Ann@Example.org ", "Ann@Example.org"),
        ("ann@bücher.example", "ann@xn--bcher-kva.example"),
        ("ann@BU\u0308CHER.example", "ann@xn--bcher-kva.example"),
        ("ann@e\u200bxample.org", "ann@example.org"),
    ],
)
def test_an_address_is_kept_as_mail_servers_know_it(typed: str, stored: str) -> None:
    assert MailAddressField().clean(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "ann@exam\u1d56le.org",  # a small raised p: p to today's Unicode, itself to IDNA
        "ann@ex\u2090mple.org",
        "\u212aim@example.org",  # the sign of the kelvin, which folds to k
        "\uff41nn@example.org",
        "žofie@example.org",
    ],
)
def test_an_address_that_reads_as_another_mailbox_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MailAddressField().clean(typed)


def test_who_types_an_accent_before_the_at_sign_is_told_what_to_change() -> None:
    with pytest.raises(ValidationError, match="before the @"):
        MailAddressField().clean("kimm\u212a@example.org")


@given(st.text(min_size=1, max_size=60))
def test_mail_goes_to_the_mailbox_that_the_key_names(domain: str) -> None:
    typed = f"ann@{domain}.example"
    try:
        address = MailAddressField().clean(typed)
    except ValidationError:
        return
    assert address.isascii()
    assert EmailMessage(to=[address]).message()["To"] == address
    assert address_key(address) == address_key(typed)


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
