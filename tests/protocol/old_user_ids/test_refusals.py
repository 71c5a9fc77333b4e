"""Who claims no old user id, and what is none; of a claim's trail and of claims at once."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import resident as acting
from accounts.limits.table import OLD_USER_ID, OLD_USER_ID_WRONG
from accounts.models import Account, OutboundMessage
from idp.blocking import operations as blocking
from idp.consent import operations as consents
from idp.models import OldUserId
from idp.portal.trail.words import catalogue
from idp.trail.entry import Entry
from idp.trail.noting import writer
from tests import factories
from tests.accounts.limits.filling import fill
from tests.protocol.old_user_ids.asking import ID, claim, is_free, told
from tests.protocol.partner import Partner, basic, body, refused
from tests.protocol.resident import Resident, main_text

HELP_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


class TestWhoMayAsk:
    def test_a_public_application_may_not(self, ann: Account) -> None:
        """Whoever signs in to it holds its token in their browser."""
        partner = Partner.public()
        row = factories.old_user_id(partner.application)
        token = partner.tokens(account=ann)["access_token"]
        assert refused(claim(partner, token), "invalid_client", 401)
        assert is_free(row)

    def test_the_token_alone_opens_nothing(
        self, partner: Partner, waiting: OldUserId, token: str
    ) -> None:
        sent = f"access_token={token}&old_user_id={ID}"
        assert refused(partner.raw("/old-user-ids", sent), "invalid_client", 401)
        as_bearer = partner.raw("/old-user-ids", sent, Authorization=f"Bearer {token}")
        assert refused(as_bearer, "invalid_client", 401)
        wrong = basic(partner.application.client_id, "wrong")
        assert refused(
            partner.raw("/old-user-ids", sent, Authorization=wrong), "invalid_client", 401
        )
        assert is_free(waiting)

    @pytest.mark.parametrize("same_organisation", [True, False])
    def test_another_applications_token_is_none(
        self, partner: Partner, token: str, *, same_organisation: bool
    ) -> None:
        """Whether it is of a sibling or of another organisation, and however good it is."""
        of = partner.application.organisation if same_organisation else None
        other = Partner.confidential(of=of)
        row = factories.old_user_id(other.application)
        good = refused(claim(other, token), "invalid_token", 401)
        partner.revoke(token)
        assert good == refused(claim(other, token), "invalid_token", 401)
        assert is_free(row)

    def test_an_id_token_a_refresh_token_or_one_for_an_api_is_none(
        self, partner: Partner, waiting: OldUserId, api_token: str
    ) -> None:
        issued = partner.tokens()
        for wrong in (issued["id_token"], issued["refresh_token"], api_token, "x", "a.b.c"):
            assert refused(claim(partner, wrong), "invalid_token", 401)
        assert is_free(waiting)

    def test_the_request_must_be_whole(self, partner: Partner, token: str) -> None:
        assert refused(partner.post("/old-user-ids", {"old_user_id": ID}), "invalid_request")
        assert refused(partner.post("/old-user-ids", {"access_token": token}), "invalid_request")
        assert partner.http.get("/old-user-ids").status_code == 405

    def test_no_page_reads_the_answer(self, partner: Partner, token: str) -> None:
        answer = claim(partner, token)
        assert "Access-Control-Allow-Origin" not in answer


def _suspend(account: Account, _partner: Partner) -> None:
    Account.objects.filter(pk=account.pk).update(status=Account.Status.SUSPENDED)


def _freeze(account: Account, _partner: Partner) -> None:
    Account.objects.filter(pk=account.pk).update(status=Account.Status.FROZEN)


def _stop(account: Account, partner: Partner) -> None:
    consents.withdraw(account=account, application=partner.application, by=acting(account))


def _block(account: Account, partner: Partner) -> None:
    blocking.block_application(account=account, application=partner.application, by=acting(account))


def _sign_out(account: Account, _partner: Partner) -> None:
    account.sessions.update(ended_at=timezone.now())


class TestWhatHasEnded:
    @pytest.mark.parametrize("end", [_suspend, _freeze, _stop, _block, _sign_out])
    def test_the_token_of_whoever_is_gone_claims_nothing(
        self,
        end: Callable[[Account, Partner], None],
        partner: Partner,
        ann: Account,
        waiting: OldUserId,
        token: str,
    ) -> None:
        end(ann, partner)
        assert refused(claim(partner, token), "invalid_token", 401)
        assert is_free(waiting)

    def test_a_revoked_or_expired_token_claims_nothing(
        self, partner: Partner, waiting: OldUserId, token: str
    ) -> None:
        partner.revoke(token)
        assert refused(claim(partner, token), "invalid_token", 401)
        late = partner.tokens()["access_token"]
        with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
            assert refused(claim(partner, late), "invalid_token", 401)
        assert is_free(waiting)

    def test_a_suspended_application_claims_nothing(
        self, partner: Partner, waiting: OldUserId, token: str
    ) -> None:
        type(partner.application).objects.update(status="suspended")
        assert refused(claim(partner, token), "invalid_client", 401)
        assert is_free(waiting)


class TestMadeUpPeople:
    def test_a_test_resident_brings_along_what_the_sandbox_registered(self) -> None:
        partner = Partner.confidential(environment="sandbox")
        row = factories.old_user_id(partner.application)
        made_up = factories.test_resident(partner.application.organisation)
        token = partner.tokens(account=made_up)["access_token"]
        assert claim(partner, token).status_code == 200
        row.refresh_from_db()
        assert row.account == made_up
        assert not OutboundMessage.objects.exists()

    @pytest.mark.parametrize("environment", ["sandbox", "live"])
    def test_the_two_never_meet(self, environment: str) -> None:
        """Of a token from before an application changed sides, as no operation changes it."""
        partner = Partner.confidential(environment=environment)
        row = factories.old_user_id(partner.application)
        token = partner.tokens()["access_token"]
        other = {"sandbox": "live", "live": "sandbox"}[environment]
        type(partner.application).objects.update(environment=other)
        assert refused(claim(partner, token), "invalid_token", 401)
        assert is_free(row)

    def test_live_and_sandbox_register_apart(self, ann: Account) -> None:
        sandbox = Partner.confidential(environment="sandbox")
        factories.old_user_id(sandbox.application)
        live = Partner.confidential(
            of=sandbox.application.organisation, made_from=sandbox.application
        )
        token = live.tokens(account=ann)["access_token"]
        assert refused(claim(live, token), "invalid_request", 404)


HOSTILE = [
    "x" * 10_000,
    "x" * 256,
    " ",
    " ann",
    "ann ",
    "a\u202enna",
    "a\u200bnn",
    "a\nb",
    "a\tb",
    "\ufeffann",
    "\ud7ff\ue000",
]


class TestHostileIds:
    @pytest.mark.parametrize("old_id", HOSTILE)
    def test_what_cannot_be_one_is_refused(
        self, partner: Partner, waiting: OldUserId, token: str, old_id: str
    ) -> None:
        assert refused(claim(partner, token, old_id), "invalid_request")
        assert is_free(waiting)

    @pytest.mark.parametrize("raw", ["ann%00", "%ed%a0%80", "%ff", "a&old_user_id=b"])
    def test_what_is_no_text_is_refused(self, partner: Partner, token: str, raw: str) -> None:
        header = basic(partner.application.client_id, partner.secret)
        sent = f"access_token={token}&old_user_id={raw}"
        answer = partner.raw("/old-user-ids", sent, Authorization=header)
        assert refused(answer, "invalid_request")

    @pytest.mark.parametrize("old_id", ["ANN.1970", "ann.1970'--", "%61nn.1970", "ann,1970"])
    def test_what_is_not_it_to_the_letter_is_another(
        self, partner: Partner, waiting: OldUserId, token: str, old_id: str
    ) -> None:
        assert refused(claim(partner, token, old_id), "invalid_request", 404)
        assert is_free(waiting)

    def test_the_longest_and_the_strangest_that_are_fit_come_back(
        self, partner: Partner, ann: Account, token: str
    ) -> None:
        for old_id in ("ü" * 255, "<script>", '"a,b"', "O’Brien 1"):
            factories.old_user_id(partner.application, old_id)
            assert body(claim(partner, token, old_id))["old_user_id"] == old_id
        assert sorted(["ü" * 255, "<script>", '"a,b"', "O’Brien 1"]) == told(partner, ann)[0]


class TestGuessing:
    def test_for_one_person_few_are_tried_right_or_wrong(
        self, partner: Partner, ann: Account, waiting: OldUserId, token: str
    ) -> None:
        fill(OLD_USER_ID, partner.application.client_id, str(ann.pk))
        late = claim(partner, token)
        assert refused(late, "temporarily_unavailable", 429)
        assert 0 < int(late["Retry-After"]) <= 3600
        assert is_free(waiting)
        # Another resident of the same service goes on.
        other = partner.tokens(account=factories.account())["access_token"]
        assert claim(partner, other).status_code == 200

    def test_wrong_ones_of_an_application_are_counted_and_then_nothing_is_looked_at(
        self, partner: Partner, waiting: OldUserId, token: str
    ) -> None:
        fill(OLD_USER_ID_WRONG, partner.application.client_id, but=1)
        assert refused(claim(partner, token, "wrong"), "invalid_request", 404)
        assert refused(claim(partner, token), "temporarily_unavailable", 429)
        assert is_free(waiting)

    def test_one_application_uses_up_nothing_of_another(self, partner: Partner, token: str) -> None:
        row = factories.old_user_id(partner.application)
        fill(OLD_USER_ID_WRONG, Partner.confidential().application.client_id)
        assert claim(partner, token).status_code == 200
        assert not is_free(row)


def test_the_trail_says_in_words_what_was_wrong_and_keeps_no_id(
    partner: Partner, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries: list[Entry] = []
    monkeypatch.setattr(writer, "put", entries.append)
    factories.claimed(partner.application, factories.account(), "bens")
    claim(partner, token, "wrong")
    claim(partner, token, "bens")
    claim(partner, token, "x" * 256)
    claim(Partner.confidential(), token)
    reasons = [entry.reason for entry in entries[-4:]]
    assert reasons == [
        "old_user_id_not_registered",
        "old_user_id_of_another",
        "old_user_id_too_long",
        "access_token_of_another_application",
    ]
    for entry in entries[-4:]:
        assert entry.endpoint == "old_user_ids"
        assert entry.sent == ""
        assert catalogue.found(entry.reason)
    assert [entry.parameter for entry in entries[-4:-1]] == ["old_user_id"] * 3


def test_a_login_hint_with_an_old_id_names_nobody(partner: Partner) -> None:
    """Registering makes no sign-in, and nobody can tell by it who was registered."""
    factories.old_user_id(partner.application, ID)
    seen = [
        HELP_CODE.sub("", main_text(Resident().ask(partner.application, login_hint=hint)))
        for hint in (ID, "nobody.1970")
    ]
    assert seen[0].replace(ID, "") == seen[1].replace("nobody.1970", "")


def test_of_several_who_claim_one_at_once_one_has_it(ask: Callable[..., dict[str, Any]]) -> None:
    """Each sends it twice: whoever has it is told so both times."""
    assert ask("claim_at_once") == {"claimed": 2, "refused": 6, "recorded": 1}
