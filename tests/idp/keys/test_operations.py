"""Keys are made, promoted, retired and revoked in the right order and by one process at a time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.audit.events import Event
from accounts.models import AuditEvent
from idp.keys import operations, queries
from idp.keys.material import Algorithm, generate, parse_private
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
        assert len(operations.create_missing(by=OPERATOR)) == 4
        for algorithm in Algorithm:
            assert states(algorithm) == ["active", "next"]

    def test_doing_it_again_changes_nothing(self) -> None:
        factories.signing_keys()
        assert operations.create_missing(by=OPERATOR) == []
        assert SigningKey.objects.count() == 4

    def test_the_private_half_is_encrypted_and_works(self) -> None:
        operations.create_missing(by=OPERATOR)
        key = queries.signing_key("ES256")
        row = SigningKey.objects.get(kid=key.kid)
        assert ":gAAAA" in row.private_key
        assert "d" not in row.public_jwk
        assert key.private.key_size == 256

    def test_an_rsa_key_has_at_least_2048_bits(self) -> None:
        assert parse_private(generate(Algorithm.RS256).private_der).key_size >= 2048

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
        assert AuditEvent.objects.filter(event=Event.SIGNING_KEY_CREATED).count() == 4


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

    def test_on_an_empty_table_it_makes_what_is_missing(self) -> None:
        operations.rotate(ES256, by=OPERATOR)
        assert states() == ["active", "next"]

    def test_a_retired_key_stays_until_all_it_signed_is_over(self) -> None:
        factories.signing_keys()
        old = kid_of("active")
        with time_machine.travel(timezone.now(), tick=False) as clock:
            operations.rotate(ES256, by=OPERATOR)
            clock.shift(queries.retired_keys_kept() - timedelta(seconds=1))
            assert queries.verifying_key(old)
            clock.shift(timedelta(seconds=1))
            assert queries.verifying_key(old) is None


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
