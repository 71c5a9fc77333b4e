"""ID tokens of the directory that are not believed, whoever made them up."""

import time
from typing import Any

import pytest
from joserfc.jwk import KeySet

from accounts.security.outgoing.client import Fetched
from tests.accounts.staffing.desk import Desk
from tests.accounts.staffing.directory.fake import (
    FakeDirectory,
    new_key,
    said,
    visit,
)
from tests.accounts.staffing.directory.rounds import check_in_vain, employed, refused, roles_of

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

    @pytest.mark.parametrize("at", [1, 0, -1, "now", [], False])
    def test_of_a_sign_in_before_the_visit_is_not_believed(
        self, directory: FakeDirectory, at: object
    ) -> None:
        directory.employ()
        directory.more = {"auth_time": at}
        refused(visit(Desk(), directory), "untrusted")

    def test_of_a_sign_in_of_now_by_a_clock_that_is_behind_is_believed(
        self, directory: FakeDirectory
    ) -> None:
        directory.employ()
        directory.more = {"auth_time": int(time.time()) - 280}
        assert visit(Desk(), directory).status_code == 303

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


class TestASetOfKeys:
    def test_with_keys_of_kinds_that_are_new_is_used_without_them(
        self, directory: FakeDirectory
    ) -> None:
        known = KeySet([directory.key]).as_dict(private=False)["keys"]
        new = [
            {"kty": "AKP", "alg": "ML-DSA-65", "pub": "AA", "kid": "k2"},
            {"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA", "kid": "k3"},
            {"kty": "OKP", "crv": "X999", "x": "AA", "kid": "k4"},
            {"kid": "k5"},
            "key",
            None,
        ]
        directory.instead["/jwks"] = said(200, {"keys": [*new, *known]})
        directory.employ()
        assert visit(Desk(), directory).status_code == 303

    @pytest.mark.parametrize("keys", [[], [{"kid": "k9"}], "none", [[]], {"k9": 1}], ids=str)
    def test_in_which_nothing_is_known_proves_nothing(
        self, directory: FakeDirectory, keys: object
    ) -> None:
        directory.employ()
        directory.instead["/jwks"] = said(200, {"keys": keys})
        refused(visit(Desk(), directory), "untrusted")

    def test_without_the_one_that_signed_stops_no_round(self, directory: FakeDirectory) -> None:
        member, _desk, _key = employed(directory)
        directory.signs_with = new_key("k9")
        assert [row["directory_says"] for row in check_in_vain()] == ["silent"]
        assert roles_of(member) == ["approver", "auditor"]
