"""Encryption at rest fails closed."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from pytest_django import Settings

from accounts.security import encryption


def test_what_was_encrypted_comes_back_and_is_not_readable_at_rest() -> None:
    stored = encryption.encrypt(b"private key")
    assert "private key" not in stored
    assert encryption.decrypt(stored) == b"private key"


def test_a_new_key_encrypts_and_the_old_one_still_reads(settings: Settings) -> None:
    stored = encryption.encrypt(b"old")
    settings.FIELD_ENCRYPTION_KEYS = {
        "newer": Fernet.generate_key().decode(),
        **settings.FIELD_ENCRYPTION_KEYS,
    }
    assert encryption.decrypt(stored) == b"old"
    assert encryption.encrypt(b"new").startswith("newer:")


def test_an_altered_value_is_refused() -> None:
    stored = encryption.encrypt(b"private key")
    with pytest.raises(InvalidToken):
        encryption.decrypt(stored[:-2] + "AA")


def test_a_value_under_a_withdrawn_key_is_refused(settings: Settings) -> None:
    stored = encryption.encrypt(b"private key")
    settings.FIELD_ENCRYPTION_KEYS = {"other": Fernet.generate_key().decode()}
    with pytest.raises(KeyError):
        encryption.decrypt(stored)
