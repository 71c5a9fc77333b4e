"""Keys at an application's jwks_uri: OIDC Core §10.1.1 (rotation of signing keys)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from clients.models import FetchedKeys
from tests.protocol.publisher import NEW, OLD, Publisher, accepted, publishing
from tests.protocol.signing import SigningPartner, signing_key
from tests.protocol.test_statement_counts import statements


@pytest.fixture
def publisher(settings: Settings) -> Iterator[Publisher]:
    with publishing(settings) as publisher:
        yield publisher


@pytest.fixture
def partner(publisher: Publisher) -> SigningPartner:
    return publisher.partner()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as travelling:
        yield travelling


class TestFetching:
    def test_keys_are_asked_for_at_their_first_use_and_then_kept(
        self, partner: SigningPartner, publisher: Publisher
    ) -> None:
        assert [accepted(partner) for _ in range(3)] == [True] * 3
        assert publisher.asked == 1
        assert statements(lambda: partner.revoke("nonsense.a.b")) == 2

    def test_only_what_is_of_use_is_kept(
        self, partner: SigningPartner, publisher: Publisher
    ) -> None:
        weak = signing_key("RS256", "weak", bits=1024)
        publisher.publish(OLD, weak, more="x")
        assert accepted(partner)
        stored = FetchedKeys.objects.get()
        assert stored.jwks == {"keys": [OLD.jwk]}
        assert (stored.uri, stored.failures) == (publisher.uri, 0)

    def test_an_unknown_kid_lets_us_ask_again(
        self, partner: SigningPartner, publisher: Publisher, clock: time_machine.Traveller
    ) -> None:
        assert accepted(partner)
        publisher.publish(OLD, NEW)
        clock.shift(timedelta(minutes=1))
        partner.key = NEW
        assert accepted(partner)
        partner.key = OLD
        assert accepted(partner)
        assert publisher.asked == 2

    def test_a_key_that_was_taken_back_is_good_for_an_hour_at_most(
        self, partner: SigningPartner, publisher: Publisher, clock: time_machine.Traveller
    ) -> None:
        assert accepted(partner)
        publisher.publish(NEW)
        clock.shift(timedelta(minutes=59))
        assert accepted(partner)
        clock.shift(timedelta(minutes=2))
        assert not accepted(partner)

    def test_another_address_makes_what_was_read_at_the_old_one_worth_nothing(
        self, partner: SigningPartner, publisher: Publisher
    ) -> None:
        assert accepted(partner)
        publisher.publish(NEW)
        partner.application.jwks_uri = f"{publisher.uri}?2"
        partner.application.save(update_fields=["jwks_uri"])
        assert not accepted(partner)
        partner.key = NEW
        assert accepted(partner)

    def test_keys_by_value_are_never_asked_for(self, publisher: Publisher) -> None:
        partner = SigningPartner.keyed()
        FetchedKeys.objects.create(
            application=partner.application,
            uri="",
            jwks={"keys": [NEW.jwk]},
            fetched_at=timezone.now(),
            next_fetch_at=timezone.now(),
        )
        partner.key = NEW
        assert not accepted(partner)
        assert publisher.asked == 0


class TestBackOff:
    """Nobody makes us ask at will."""

    def test_the_wait_doubles_while_nothing_new_comes(
        self,
        partner: SigningPartner,
        publisher: Publisher,
        settings: Settings,
        clock: time_machine.Traveller,
    ) -> None:
        settings.LIMITS_ENABLED = False
        assert accepted(partner)
        partner.key = NEW
        waits: list[int] = []
        waited = 0
        while len(waits) < 7:
            clock.shift(timedelta(seconds=10))
            waited, asked = waited + 10, publisher.asked
            assert not accepted(partner)
            if publisher.asked > asked:
                waits.append(waited)
                waited = 0
        assert waits == [10, 20, 40, 80, 160, 300, 300]

    def test_a_new_key_is_found_after_the_wait_and_the_wait_begins_anew(
        self, partner: SigningPartner, publisher: Publisher, clock: time_machine.Traveller
    ) -> None:
        assert accepted(partner)
        partner.key = NEW
        clock.shift(timedelta(seconds=10))
        assert not accepted(partner)
        publisher.publish(NEW)
        assert not accepted(partner), "asked just now"
        clock.shift(timedelta(seconds=20))
        assert accepted(partner)
        assert FetchedKeys.objects.get().failures == 0

    def test_a_known_key_works_throughout(
        self, partner: SigningPartner, publisher: Publisher, clock: time_machine.Traveller
    ) -> None:
        assert accepted(partner)
        for _time in range(3):
            clock.shift(timedelta(seconds=30))
            partner.key = NEW
            assert not accepted(partner)
            partner.key = OLD
            assert accepted(partner)
        assert publisher.asked > 1

    def test_the_hourly_look_at_the_set_does_not_lengthen_the_wait_for_a_new_key(
        self, partner: SigningPartner, publisher: Publisher, clock: time_machine.Traveller
    ) -> None:
        for _hour in range(10):
            assert accepted(partner)
            clock.shift(timedelta(hours=1))
        assert FetchedKeys.objects.get().failures <= 1
        assert publisher.asked == 10

    def test_each_application_waits_for_itself(
        self, partner: SigningPartner, publisher: Publisher
    ) -> None:
        publisher.publish(NEW)
        assert not accepted(partner)
        other = SigningPartner.keyed(jwks=None, jwks_uri=publisher.uri)
        other.key = NEW
        assert accepted(other)


class TestFailures:
    """What cannot be read changes nothing, and tells nothing."""

    @pytest.mark.parametrize(
        "body, head",
        [
            (b"no", "HTTP/1.1 404 Not Found"),
            (b'{"keys": []}', "HTTP/1.1 500 Oh"),
            (b'{"keys": []}', "HTTP/1.1 302 Found\r\nLocation: /"),
            (b"", "HTTP/1.1 200 OK"),
            (b"<html>", "HTTP/1.1 200 OK"),
            (b"[]", "HTTP/1.1 200 OK"),
            (b'{"keys": {}}', "HTTP/1.1 200 OK"),
            (b'{"keys": [], "keys": []}', "HTTP/1.1 200 OK"),
            (b'{"keys": [' + b"[" * 1000 + b"]" * 1000 + b"]}", "HTTP/1.1 200 OK"),
            (b" " * 70_000 + b'{"keys": []}', "HTTP/1.1 200 OK"),
        ],
    )
    def test_earlier_keys_stay_good_for_a_day(
        self,
        partner: SigningPartner,
        publisher: Publisher,
        clock: time_machine.Traveller,
        body: bytes,
        head: str,
    ) -> None:
        assert accepted(partner)
        publisher.say(body, head)
        clock.shift(timedelta(hours=2))
        assert accepted(partner)
        assert publisher.asked == 2
        clock.shift(timedelta(hours=22))
        assert not accepted(partner)
        publisher.publish(OLD)
        clock.shift(timedelta(minutes=5))
        assert accepted(partner)

    def test_a_set_without_keys_takes_all_of_them_back(
        self, partner: SigningPartner, publisher: Publisher, clock: time_machine.Traveller
    ) -> None:
        assert accepted(partner)
        publisher.publish()
        clock.shift(timedelta(hours=1))
        assert not accepted(partner)

    def test_a_host_inside_is_not_asked_and_the_answer_says_nothing_of_it(
        self,
        partner: SigningPartner,
        publisher: Publisher,
        settings: Settings,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        settings.OUTGOING_ALLOW = []
        with caplog.at_level("INFO"):
            inside = partner.present(partner.assertion())
        assert "jwks_uri not read: url_scheme" in caplog.text
        unknown = partner.present(partner.key.sign(partner.claims(iss="nobody", sub="nobody")))
        texts = {one.json()["error_description"].split("Ref")[0] for one in (inside, unknown)}
        assert (len(texts), publisher.asked) == (1, 0)
