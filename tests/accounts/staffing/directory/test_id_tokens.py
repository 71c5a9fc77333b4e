"""ID tokens of the directory that are not believed, whoever made them up."""

import time
from typing import Any

import pytest

from accounts.security.outgoing.client import Fetched
from tests.accounts.staffing.desk import Desk
from tests.accounts.staffing.directory.fake import (
    FakeDirectory,
    new_key,
    said,
    visit,
)
from tests.accounts.staffing.directory.rounds import refused

pytestmark = pytest.mark.django_db


class TestAnIdToken:
    @pytest.mark.parametrize(
        "more",
        [
            {"nonce": "of another visit"},
            {"nonce": None},
            {"iss": "https://other.example"},
            {"iss": None},
            {"aud": "another-service"},
            {"aud": ["borough-login", "another-service"], "azp": "borough-login"},
            {"azp": "another-service"},
            {"aud": None},
            {"exp": int(time.time()) - 60},
            {"exp": None},
            {"exp": "soon"},
            {"iat": int(time.time()) + 3600},
            {"sub": None},
            {"sub": 7},
            {"sub": ""},
            {"at_hash": "of-another-token"},
        ],
        ids=str,
    )
    def test_that_is_not_this_visits_is_not_believed(
        self, directory: FakeDirectory, more: dict[str, Any]
    ) -> None:
        directory.employ()
        directory.more = more
        refused(visit(Desk(), directory), "untrusted")

    def test_signed_by_another_key_is_not_believed(self, directory: FakeDirectory) -> None:
        directory.employ()
        directory.signs_with = new_key("k1")
        refused(visit(Desk(), directory), "untrusted")

    @pytest.mark.parametrize(
        "token",
        [
            # {"alg": "none"}, and HMAC with the public key for a secret.
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiI3In0.",
            "eyJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIiOiI3In0.c2lnbmF0dXJl",
            "no token",
            "",
            7,
        ],
    )
    def test_that_nobody_signed_is_not_believed(
        self, directory: FakeDirectory, token: object
    ) -> None:
        directory.employ()
        body = {"access_token": "a", "token_type": "Bearer", "id_token": token}
        directory.instead["/token"] = said(200, body)
        refused(visit(Desk(), directory), "untrusted")

    def test_of_a_key_that_is_newer_than_those_fetched_is_believed(
        self, directory: FakeDirectory
    ) -> None:
        directory.employ()
        older = [said(200, {"keys": [new_key("k0").as_dict(private=False)]})]

        def keys() -> Fetched:
            directory.instead.pop("/jwks")
            return older.pop()()

        directory.instead["/jwks"] = keys
        assert visit(Desk(), directory).status_code == 303

    def test_does_not_go_with_userinfo_about_somebody_else(self, directory: FakeDirectory) -> None:
        directory.employ()
        directory.instead["/userinfo"] = said(200, {"sub": "8", "email": "bob@council.example"})
        refused(visit(Desk(), directory), "untrusted")
