"""Bringing people along: a service claims an old user id for whom it proved, and gets it back."""

import pytest

from accounts.audit.events import Event
from accounts.models import Account, AuditEvent, OutboundMessage
from idp.models import Disclosure, OldUserId
from tests import factories
from tests.protocol.old_user_ids.asking import ID, claim, is_free, told
from tests.protocol.partner import Partner, body, refused
from tests.protocol.tokens import claims


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
