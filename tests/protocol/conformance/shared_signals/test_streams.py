"""Plan for transmitters of OpenID Shared Signals: streams, pushed to or polled."""

from uuid import uuid4

import pytest

from tests.protocol.conformance.receiver import BROKEN, Receiver

PLANS = ("ssf-transmitter-push", "ssf-transmitter-poll")
MAY_BE_REPEATED = {"stream_id", "iss", "aud", "events_delivered", "delivery"}


@pytest.fixture
def invalid(receiver: Receiver) -> Receiver:
    """Return the receiver with an access token that is none."""
    receiver.access_token = f"invalid:{uuid4()}"
    return receiver


def test_openid_ssf_transmitter_metadata(receiver: Receiver) -> None:
    """The metadata is JSON under the issuer, which it names; all its addresses are https.

    It has the methods of delivery, a way to be authorized, one of the two defaults for subjects, no
    empty list, and public keys that are fit to use.
    """
    told = receiver.transmitter()
    assert told["issuer"] == receiver.provider.issuer
    addresses = [value for name, value in told.items() if name.endswith(("_endpoint", "_uri"))]
    assert len(addresses) == 6
    assert all(address.startswith("https://") for address in addresses)
    assert told["authorization_schemes"] == [{"spec_urn": "urn:ietf:rfc:6749"}]
    assert told["default_subjects"] in {"ALL", "NONE"}
    assert told["spec_version"] == "1_0"
    assert [] not in told.values()
    assert told["jwks_uri"] == receiver.provider.metadata()["jwks_uri"]
    assert receiver.provider.jwks()


def test_openid_ssf_stream_control_happy_path(receiver: Receiver) -> None:
    """A stream is created, read, updated, replaced, its status read and set, and it is deleted.

    That is answered by 201, by 200 with JSON that names what was set, and by 204. The configuration
    has all that is required, our issuer, an audience, and the method asked for.
    """
    created = receiver.create()
    assert created.status_code == 201
    assert created.json().keys() >= MAY_BE_REPEATED
    for answer in (created, receiver.read(), receiver.update(), receiver.replace()):
        assert answer.status_code in {200, 201}, answer.text
        told = answer.json()
        assert told["iss"] == receiver.provider.issuer
        assert told["aud"]
        assert told["delivery"]["method"] == receiver.method
        assert set(told["events_delivered"]) <= set(told["events_supported"])
    assert receiver.status().status_code == 200
    for status in ("enabled", "paused", "disabled"):
        answer = receiver.set_status(status)
        assert (answer.status_code, answer.json()["status"]) == (200, status)
    assert receiver.delete().status_code == 204


def test_openid_ssf_stream_control_error_create_stream_with_broken_input(
    receiver: Receiver,
) -> None:
    """A body that cannot be parsed is answered by 400."""
    assert receiver.create(BROKEN).status_code == 400


def test_openid_ssf_stream_control_error_create_stream_with_invalid_token(
    invalid: Receiver,
) -> None:
    """An access token that is none is answered by 401."""
    assert invalid.create().status_code == 401


def test_openid_ssf_stream_control_error_create_stream_with_duplicate_config(
    receiver: Receiver,
) -> None:
    """A second stream of one receiver is answered by 409 where there is one each."""
    assert [receiver.create().status_code for _ in range(2)] == [201, 409]


def test_openid_ssf_stream_control_error_read_stream_with_invalid_token(
    invalid: Receiver,
) -> None:
    """An access token that is none is answered by 401."""
    assert invalid.read().status_code == 401


def test_openid_ssf_stream_control_error_read_unknown_stream(receiver: Receiver) -> None:
    """A stream that was deleted is answered by 404."""
    receiver.throw_away()
    assert receiver.read().status_code == 404


def test_openid_ssf_stream_control_error_update_stream_with_invalid_token(
    invalid: Receiver,
) -> None:
    """An access token that is none is answered by 400 or 401."""
    assert invalid.update().status_code == 401


def test_openid_ssf_stream_control_error_update_stream_with_invalid_body(
    receiver: Receiver,
) -> None:
    """A body that cannot be parsed is answered by 400."""
    assert receiver.update(BROKEN).status_code == 400


def test_openid_ssf_stream_control_error_update_unknown_stream(receiver: Receiver) -> None:
    """A stream that was deleted is answered by 404."""
    receiver.throw_away()
    assert receiver.update().status_code == 404


def test_openid_ssf_stream_control_error_replace_stream_with_invalid_body(
    receiver: Receiver,
) -> None:
    """A body that cannot be parsed is answered by 400."""
    assert receiver.replace(BROKEN).status_code == 400


def test_openid_ssf_stream_control_error_replace_stream_with_invalid_token(
    invalid: Receiver,
) -> None:
    """An access token that is none is answered by 401."""
    assert invalid.replace().status_code == 401


def test_openid_ssf_stream_control_error_replace_unknown_stream(receiver: Receiver) -> None:
    """A stream that was deleted is answered by 404."""
    receiver.throw_away()
    assert receiver.replace().status_code == 404


def test_openid_ssf_stream_control_error_delete_stream_with_invalid_token(
    receiver: Receiver,
) -> None:
    """An access token that is none is answered by 401."""
    receiver.throw_away()
    receiver.access_token = f"invalid:{uuid4()}"
    assert receiver.delete().status_code == 401


def test_openid_ssf_stream_control_error_delete_unknown_stream(receiver: Receiver) -> None:
    """A stream that was deleted is answered by 404."""
    receiver.throw_away()
    assert receiver.delete().status_code == 404


def test_openid_ssf_stream_subject_control(receiver: Receiver) -> None:
    """A subject named by an email address is added (200) and removed (204), known or not."""
    assert receiver.create().status_code == 201
    assert receiver.subject("add").status_code == 200
    assert receiver.subject("remove").status_code == 204
