"""Plan for transmitters of OpenID Shared Signals: verification events that are fetched."""

from tests.protocol.conformance.receiver import Receiver

PLANS = ("ssf-transmitter-poll",)


def _verified(receiver: Receiver, *, ack: tuple[str, ...] = ()) -> str:
    """Ask for a verification event and fetch it, acknowledging others; return its id."""
    state = receiver.verify()
    ((jti, token),) = receiver.poll(ack=ack).items()
    assert receiver.check(token, state=state) == jti
    return jti


def test_openid_ssf_transmitter_stream_verification_poll_only(receiver: Receiver) -> None:
    """A verification event with the state asked for is fetched.

    It is signed by a published key, of its own type, with our issuer, the stream's audience, one
    event and the stream as its subject, and has neither `sub` nor `exp`.
    """
    receiver.create()
    _verified(receiver)


def test_openid_ssf_transmitter_stream_verification_poll_and_ack(receiver: Receiver) -> None:
    """One poll acknowledges an event and fetches the next."""
    receiver.create()
    first = _verified(receiver)
    assert _verified(receiver, ack=(first,)) != first


def test_openid_ssf_transmitter_stream_verification_ack_only(receiver: Receiver) -> None:
    """A poll that asks for no event acknowledges one, which comes no more."""
    receiver.create()
    taken = _verified(receiver)
    assert receiver.poll(most=0, ack=[taken]) == {}
    assert receiver.poll() == {}
