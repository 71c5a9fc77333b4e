"""Plan for transmitters of OpenID Shared Signals: verification events that are pushed."""

from uuid import uuid4

from tests.protocol.conformance.receiver import Receiver

PLANS = ("ssf-transmitter-push",)


def test_openid_ssf_transmitter_stream_verification_push(receiver: Receiver) -> None:
    """A verification event is pushed, with the state asked for and the header that was given."""
    receiver.authorization = f"Bearer push_token_{uuid4()}"
    receiver.create()
    state = receiver.verify()
    token, shown = receiver.pushed()
    receiver.check(token, state=state)
    assert shown == receiver.authorization


def test_openid_ssf_transmitter_stream_verification_error_push_no_auth(receiver: Receiver) -> None:
    """Where no header was given, none is sent."""
    receiver.create()
    state = receiver.verify()
    token, shown = receiver.pushed()
    receiver.check(token, state=state)
    assert shown == ""
