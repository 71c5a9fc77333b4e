"""Modules of pushed requests."""

from time import time
from typing import Any

import time_machine

from tests.protocol.fapi.applications import answer, by_key, is_error_page
from tests.protocol.partner import body, refused
from tests.protocol.pushing import open_, push, pushed
from tests.protocol.resident import Resident, sent

Either = Any


def test_par_ensure_reused_request_uri_prior_to_auth_completion_succeeds(
    signed_in: Resident, either: Either
) -> None:
    """Opened twice before it is answered, it goes on."""
    uri = pushed(either)
    open_(signed_in, either, uri)
    assert "code" in sent(signed_in.press(open_(signed_in, either, uri), "share"))


def test_par_attempt_reuse_request_uri(signed_in: Resident, either: Either) -> None:
    """Opened once more after its answer: an error page."""
    uri = pushed(either)
    sent(signed_in.press(open_(signed_in, either, uri), "share"))
    assert is_error_page(open_(signed_in, either, uri))


def test_par_attempt_to_use_expired_request_uri(signed_in: Resident, either: Either) -> None:
    """Opened after expires_in: an error page."""
    pushed_ = body(push(either))
    with time_machine.travel(time() + pushed_["expires_in"] + 1, tick=True):
        assert is_error_page(open_(signed_in, either, pushed_["request_uri"]))


def test_par_attempt_to_use_request_uri_for_different_client(
    signed_in: Resident, either: Either
) -> None:
    """Opened with another client_id: an error page."""
    assert is_error_page(open_(signed_in, by_key(), pushed(either)))


def test_par_authorization_request_containing_request_uri_form_param(either: Either) -> None:
    """request_uri in a push: invalid_request."""
    uri = "urn:ietf:params:oauth:request_uri:anything"
    assert refused(push(either, request_uri=uri), "invalid_request")


def test_par_attempt_invalid_http_method(either: Either) -> None:
    """PUT: 405."""
    assert either.http.put("/par").status_code == 405


def test_par_ensure_pkce_required(either: Either) -> None:
    """No code challenge: refused at PAR."""
    without = {"code_challenge": None, "code_challenge_method": None}
    assert refused(push(either, **without), "invalid_request")


def test_par_plain_pkce_rejected(either: Either) -> None:
    """A plain challenge: refused at PAR."""
    assert refused(push(either, code_challenge_method="plain"), "invalid_request")


def test_par_without_duplicate_parameters(signed_in: Resident, either: Either) -> None:
    """client_id and request_uri are all that the authorization endpoint needs."""
    assert "code" in answer(signed_in, either)
