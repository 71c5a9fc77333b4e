"""Keys are made, promoted, retired and revoked in the right order and by one process at a time."""

from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.audit.events import Event
from accounts.models import AuditEvent
from idp.keys import loaded, operations, queries
from idp.keys.material import Algorithm, generate, parse_private
from idp.keys.rules import KEYS_KEPT_BY_SERVICES
from idp.models import SigningKey
from tests import factories

pytestmark = pytest.mark.django_db

ES256 = Algorithm.ES256


def states(algorithm: Algorithm = ES256) -> list[str]:
    rows = SigningKey.objects.filter(algorithm=algorithm)
    return sorted(rows.values_list("state", flat=True))


def kid_of(state: str) -> str:
    return SigningKey.objects.get(algorithm=ES256, state=state).kid


class TestCreating:
    """The first start."""

    def test_each_algorithm_gets_an_active_and_a_next_key(self) -> None:
        assert len(operations.create_missing(by=OPERATOR)) == 8
        for algorithm in Algorithm:
            assert states(algorithm) == ["active", "next"]

    def test_doing_it_again_changes_nothing(self) -> None:
        factories.signing_keys()
        assert operations.create_missing(by=OPERATOR) == []
        assert SigningKey.objects.count() == 8

    def test_the_private_half_is_encrypted_and_works(self) -> None:
        operations.create_missing(by=OPERATOR)
        key = queries.signing_key("ES256")
        row = SigningKey.objects.get(kid=key.kid)
        assert ":gAAAA" in row.private_key
        assert "d" not in row.public_jwk
        assert key.private.public_key() == loaded.for_verifying(row.public_jwk).public

    @pytest.mark.parametrize("algorithm", [Algorithm.RS256, Algorithm.PS256])
    def test_an_rsa_key_has_at_least_2048_bits(self, algorithm: Algorithm) -> None:
        private = parse_private(generate(algorithm).private_der)
        assert isinstance(private, RSAPrivateKey)
        assert private.key_size >= 2048

    @pytest.mark.parametrize(
        "algorithm, members",
        [
            (Algorithm.ES256, {"crv", "x", "y"}),
            (Algorithm.RS256, {"n", "e"}),
            (Algorithm.PS256, {"n", "e"}),
            (Algorithm.EDDSA, {"crv", "x"}),
        ],
    )
    def test_the_public_half_says_what_it_is_for(
        self, algorithm: Algorithm, members: set[str]
    ) -> None:
        pair = generate(algorithm)
        assert pair.public_jwk.keys() == {"kty", "kid", "use", "alg"} | members
        assert (pair.public_jwk["alg"], pair.public_jwk["use"]) == (algorithm, "sig")

    def test_no_key_has_a_name_that_commands_would_take_for_an_option(self) -> None:
        # One name in 64 would.
        names = [generate(Algorithm.EDDSA).kid for _ in range(600)]
        assert [name for name in names if name.startswith("-")] == []

    def test_the_loser_of_a_race_adds_no_second_active_key(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factories.signing_keys()
        # As a process that looked before the other one wrote.
        monkeypatch.setattr(operations, "_held", lambda _algorithm: set())
        assert operations.create_missing(by=OPERATOR) == []
        assert states() == ["active", "next"]

    def test_each_new_key_is_recorded(self) -> None:
        operations.create_missing(by=OPERATOR)
        assert AuditEvent.objects.filter(event=Event.SIGNING_KEY_CREATED).count() == 8


class TestRotating:
    """The next key signs, a new one is published."""

    def test_next_becomes_active_and_active_retires(self) -> None:
        factories.signing_keys()
        old, following = kid_of("active"), kid_of("next")
        operations.rotate(ES256, by=OPERATOR)
        assert (kid_of("retired"), kid_of("active")) == (old, following)
        assert kid_of("next") not in {old, following}
        assert queries.signing_key("ES256").kid == following

    def test_the_other_algorithm_stays(self) -> None:
        factories.signing_keys()
        operations.rotate(ES256, by=OPERATOR)
        assert states(Algorithm.RS256) == ["active", "next"]

    def test_what_is_missing_is_made_and_signs_only_when_services_know_it(self) -> None:
        with pytest.raises(operations.NextKeyTooNewError):
            operations.rotate(ES256, by=OPERATOR)
        assert states() == ["active", "next"]

    def test_the_next_key_was_published_for_as_long_as_services_keep_keys(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            operations.create_missing(by=OPERATOR)
            old = kid_of("active")
            clock.shift(KEYS_KEPT_BY_SERVICES - timedelta(seconds=1))
            with pytest.raises(operations.NextKeyTooNewError):
                operations.rotate(ES256, by=OPERATOR)
            assert kid_of("active") == old
            clock.shift(timedelta(seconds=1))
            operations.rotate(ES256, by=OPERATOR)
            assert kid_of("retired") == old

    def test_of_two_that_rotate_at_once_the_second_is_too_early(self) -> None:
        factories.signing_keys()
        operations.rotate(ES256, by=OPERATOR)
        with pytest.raises(operations.NextKeyTooNewError):
            operations.rotate(ES256, by=OPERATOR)
        assert states() == ["active", "next", "retired"]

    def test_a_retired_key_stays_until_all_it_signed_is_over(self) -> None:
        factories.signing_keys()
        old = kid_of("active")
        with time_machine.travel(timezone.now(), tick=False) as clock:
            operations.rotate(ES256, by=OPERATOR)
            clock.shift(queries.retired_keys_kept() - timedelta(seconds=1))
            assert queries.verifying_key(old)
            clock.shift(timedelta(seconds=1))
            assert queries.verifying_key(old) is None


class TestRotatingWhatIsDue:
    """The nightly run."""

    def test_each_key_signs_for_the_time_that_is_set_and_no_longer(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            operations.create_missing(by=SYSTEM)
            first = kid_of("active")
            clock.shift(settings.KEY_ROTATION - timedelta(seconds=1))
            assert operations.rotate_due(by=SYSTEM) == []
            clock.shift(timedelta(seconds=1))
            assert operations.rotate_due(by=SYSTEM) == list(Algorithm)
            assert kid_of("retired") == first
            assert operations.rotate_due(by=SYSTEM) == []

    def test_a_next_key_that_services_may_not_know_waits_for_the_next_run(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            factories.signing_keys()
            clock.shift(settings.KEY_ROTATION)
            operations.revoke(kid_of("next"), by=OPERATOR)
            assert ES256 not in operations.rotate_due(by=SYSTEM)
            clock.shift(KEYS_KEPT_BY_SERVICES)
            assert operations.rotate_due(by=SYSTEM) == [ES256]

    def test_what_was_rotated_by_hand_is_not_due(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            factories.signing_keys()
            clock.shift(settings.KEY_ROTATION)
            operations.rotate(ES256, by=OPERATOR)
            assert ES256 not in operations.rotate_due(by=SYSTEM)

    def test_missing_keys_are_made(self) -> None:
        assert operations.rotate_due(by=SYSTEM) == []
        assert states() == ["active", "next"]


class TestRevoking:
    """Nothing a revoked key signed is accepted."""

    def test_an_active_key_has_a_successor_at_once(self) -> None:
        factories.signing_keys()
        old, following = kid_of("active"), kid_of("next")
        operations.revoke(old, by=OPERATOR)
        assert queries.verifying_key(old) is None
        assert queries.signing_key("ES256").kid == following
        assert states() == ["active", "next", "revoked"]

    def test_without_a_next_key_one_is_made(self) -> None:
        factories.signing_keys()
        SigningKey.objects.filter(state="next").delete()
        operations.revoke(kid_of("active"), by=OPERATOR)
        assert states() == ["active", "next", "revoked"]

    def test_a_revoked_next_key_is_replaced_and_the_active_one_stays(self) -> None:
        factories.signing_keys()
        active, following = kid_of("active"), kid_of("next")
        operations.revoke(following, by=OPERATOR)
        assert kid_of("active") == active
        assert kid_of("next") != following

    def test_revoking_twice_changes_nothing(self) -> None:
        factories.signing_keys()
        old = kid_of("active")
        for _ in range(2):
            operations.revoke(old, by=OPERATOR)
        assert states() == ["active", "next", "revoked"]
        assert AuditEvent.objects.filter(event=Event.SIGNING_KEY_REVOKED).count() == 1

    def test_an_unknown_key_is_an_error(self) -> None:
        with pytest.raises(operations.UnknownKeyError):
            operations.revoke("unknown", by=OPERATOR)


def test_without_any_key_nothing_is_signed() -> None:
    with pytest.raises(queries.NoSigningKeyError):
        queries.signing_key("ES256")
