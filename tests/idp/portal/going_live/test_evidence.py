"""What a sandbox application has shown by itself, and what counts for nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from idp.models import Delivery, RequestTrail, SigningKey
from idp.portal.going_live.queries import tried
from tests import factories
from tests.clients.approval import rounds
from tests.idp.portal.going_live.steps import shown_all, sign_in_of

pytestmark = pytest.mark.django_db


class TestEvidence:
    def test_all_of_it_counts(self) -> None:
        application = rounds.sandbox()
        shown_all(application)
        found = tried(application)
        assert found.signed_in
        assert found.refused
        assert found.heard_of_sign_out

    @pytest.mark.parametrize(
        "columns",
        [
            {"is_authenticated": False},
            {"protected_by": "pkce"},
            {"protected_by": "nonce"},
            {"outcome": "invalid_grant"},
            {"at": timezone.now() - timedelta(days=31)},
        ],
    )
    def test_what_anybody_could_send_and_what_is_old_or_unprotected_counts_for_nothing(
        self, columns: dict[str, Any]
    ) -> None:
        application = rounds.sandbox()
        row = sign_in_of(application)
        RequestTrail.objects.filter(pk=row.pk).update(**columns)
        assert not tried(application).signed_in

    def test_another_applications_sign_in_is_not_its_own(self) -> None:
        sign_in_of(factories.application())
        assert not tried(rounds.sandbox()).signed_in

    def test_a_refusal_counts_once_somebody_signed_in_after_it(self) -> None:
        application = rounds.sandbox()
        sign_in_of(application, at=timezone.now() - timedelta(hours=3))
        RequestTrail.objects.create(
            application=application,
            endpoint="authorize",
            duration=1,
            status=303,
            outcome="access_denied",
            is_authenticated=False,
        )
        assert not tried(application).refused
        sign_in_of(application, at=timezone.now() + timedelta(seconds=1))
        assert tried(application).refused

    @pytest.mark.parametrize("status", [204, 400, 500])
    def test_a_logout_token_counts_when_it_was_answered_with_200(self, status: int) -> None:
        application = rounds.sandbox()
        shown_all(application)
        Delivery.objects.update(last_status=status)
        assert not tried(application).heard_of_sign_out

    def test_a_new_key_must_have_been_accepted(self) -> None:
        factories.signing_keys()
        application = rounds.sandbox()
        assert not tried(application).rotated
        now = timezone.now()
        algorithm = application.algorithm
        SigningKey.objects.filter(algorithm=algorithm, state="active").update(
            state="retired", activated_at=now - timedelta(days=90)
        )
        SigningKey.objects.filter(algorithm=algorithm, state="next").update(
            state="active", activated_at=now - timedelta(days=1)
        )
        sign_in_of(application, at=now - timedelta(days=2))
        sign_in_of(application, endpoint="userinfo", protected_by="", at=now - timedelta(days=2))
        found = tried(application)
        assert found.rotated
        assert found.signed_in_after_rotation is None
        sign_in_of(application, at=now - timedelta(hours=1))
        assert not tried(application).signed_in_after_rotation
        sign_in_of(application, endpoint="userinfo", protected_by="")
        assert tried(application).signed_in_after_rotation
