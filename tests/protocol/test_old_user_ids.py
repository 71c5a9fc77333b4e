"""Bringing people along: a service claims an old user id for whom it proved, and gets it back."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.utils import timezone

from accounts.audit.actor import resident as acting
from accounts.audit.events import Event
from accounts.limits.table import OLD_USER_ID, OLD_USER_ID_WRONG
from accounts.models import Account, AuditEvent, OutboundMessage
from idp.blocking import operations as blocking
from idp.consent import operations as consents
from idp.models import Disclosure, OldUserId
from idp.portal.trail.words import catalogue
from idp.trail.entry import Entry
from idp.trail.noting import writer
from tests import factories
from tests.accounts.limits.filling import fill
from tests.protocol.partner import Partner, basic, body, refused
from tests.protocol.resident import Resident, main_text
from tests.protocol.tokens import claims

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

ID = "ann.1970"
HELP_CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


@pytest.fixture
def ann() -> Account:
    return factories.account("ann@example.org")


@pytest.fixture
def waiting(partner: Partner) -> OldUserId:
    return factories.old_user_id(partner.application, ID)


@pytest.fixture
def token(partner: Partner, ann: Account) -> str:
    return str(partner.tokens(account=ann)["access_token"])


def claim(partner: Partner, token: str, old_id: str = ID, **more: str) -> "Answer":
    return partner.post("/old-user-ids", {"access_token": token, "old_user_id": old_id, **more})


def told(partner: Partner, account: Account) -> tuple[Any, Any]:
    """Return what a new sign-in says of old ids, in the ID token and at userinfo."""
    issued = partner.tokens(account=account)
    in_token = claims(issued["id_token"], partner.application.client_id)
    at_userinfo = body(partner.userinfo(issued["access_token"]))
    return in_token.get("old_user_ids"), at_userinfo.get("old_user_ids")


def is_free(row: OldUserId) -> bool:
    row.refresh_from_db()
    return (row.account, row.claimed_at, row.sealed) == (None, None, "")


class TestClaiming:
    def test_the_resident_has_it_and_the_service_is_given_it_back(
        self, partner: Partner, ann: Account, waiting: OldUserId, token: str
    ) -> None:
        answer = claim(partner, token)
        assert answer.status_code == 200
        waiting.refresh_from_db()
        assert waiting.claimed_at
        claimed_at = int(waiting.claimed_at.timestamp())
        assert body(answer) == {"old_user_id": ID, "claimed_at": claimed_at}
        assert answer["Cache-Control"] == "no-store"
        assert waiting.account == ann
        assert told(partner, ann) == ([ID], [ID])

    def test_a_refresh_and_a_signed_userinfo_carry_it_too(self, ann: Account) -> None:
        partner = Partner.confidential(userinfo_algorithm="ES256")
        factories.claimed(partner.application, ann)
        client_id = partner.application.client_id
        issued = partner.tokens(account=ann)
        again = body(partner.refresh(issued["refresh_token"]))
        assert claims(again["id_token"], client_id)["old_user_ids"] == [ID]
        signed = partner.userinfo(again["access_token"]).content.decode()
        assert claims(signed, client_id)["old_user_ids"] == [ID]

    def test_the_same_person_again_changes_nothing(
        self, partner: Partner, waiting: OldUserId, token: str
    ) -> None:
        first = body(claim(partner, token))
        events = AuditEvent.objects.count()
        again = claim(partner, token)
        assert (again.status_code, body(again)) == (200, first)
        assert AuditEvent.objects.count() == events
        waiting.refresh_from_db()

    def test_several_come_as_a_list_in_order(self, partner: Partner, ann: Account) -> None:
        for old_id in ("zoë,2", "a b", "ann"):
            factories.claimed(partner.application, ann, old_id)
        assert told(partner, ann) == (["a b", "ann", "zoë,2"],) * 2

    def test_it_is_audited_by_number_and_the_owner_is_told(
        self, partner: Partner, ann: Account, waiting: OldUserId, token: str
    ) -> None:
        claim(partner, token)
        event = AuditEvent.objects.get(event=Event.OLD_USER_ID_CLAIMED)
        assert (event.account_id, event.actor_id) == (ann.pk, partner.application.client_id)
        assert (event.object_kind, event.object_id) == ("old_user_id", str(waiting.pk))
        assert ID not in str(event.__dict__)
        mail = OutboundMessage.objects.get(template="security_notice")
        assert [item["news"] for item in mail.news] == ["earlier_account_linked"]

    @pytest.mark.parametrize("by", ["council", "owner"])
    def test_no_mail_hints_at_a_service_that_is_kept_out_of_sight(
        self, ann: Account, by: str
    ) -> None:
        partner = Partner.confidential(is_sensitive=by == "council")
        factories.old_user_id(partner.application)
        if by == "owner":
            ann.hidden_services.create(application=partner.application)
        assert claim(partner, partner.tokens(account=ann)["access_token"]).status_code == 200
        assert not OutboundMessage.objects.exists()

    def test_it_comes_with_openid_alone(self, partner: Partner, ann: Account) -> None:
        factories.claimed(partner.application, ann)
        answer = partner.tokens(account=ann, scopes=["profile"])
        assert "id_token" not in answer
        assert refused(partner.userinfo(answer["access_token"]), "insufficient_scope", 403)

    def test_the_ledger_counts_it(self, partner: Partner, ann: Account) -> None:
        factories.claimed(partner.application, ann)
        told(partner, ann)
        given = {row.endpoint: row.claims.split() for row in Disclosure.objects.all()}
        assert "old_user_ids" in given["token"]
        assert "old_user_ids" in given["userinfo"]

    def test_neither_hash_nor_clear_text_of_it_is_stored(
        self, partner: Partner, waiting: OldUserId, token: str
    ) -> None:
        claim(partner, token)
        waiting.refresh_from_db()
        assert ID not in waiting.id_hash + waiting.sealed


class TestNobodyElse:
    def test_no_other_application_ever_sees_it(self, partner: Partner, ann: Account) -> None:
        factories.claimed(partner.application, ann)
        sibling = Partner.confidential(
            of=partner.application.organisation,
            sector_identifier=partner.application.sector_identifier,
        )
        assert told(sibling, ann) == (None, None)
        assert told(Partner.confidential(), ann) == (None, None)

    def test_no_other_resident_has_it(self, partner: Partner, ann: Account) -> None:
        factories.claimed(partner.application, ann)
        assert told(partner, factories.account()) == (None, None)

    def test_the_same_id_of_another_application_is_another(
        self, partner: Partner, token: str
    ) -> None:
        other = factories.old_user_id(Partner.confidential().application, ID)
        assert refused(claim(partner, token), "invalid_request", 404)
        assert is_free(other)

    def test_what_somebody_has_nobody_else_gets(self, partner: Partner, token: str) -> None:
        ben = factories.account("ben@example.org")
        row = factories.claimed(partner.application, ben)
        assert refused(claim(partner, token), "invalid_request", 409)
        row.refresh_from_db()
        assert row.account == ben

    def test_one_person_has_no_more_than_fit_into_a_token(
        self, partner: Partner, ann: Account, waiting: OldUserId, token: str
    ) -> None:
        for number in range(10):
            factories.claimed(partner.application, ann, str(number))
        assert refused(claim(partner, token), "invalid_request", 409)
        assert is_free(waiting)


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
