"""What an application was told, whether it arrived, and sending it again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.audit.events import Event
from accounts.limits.table import SENT_AGAIN
from accounts.models import AuditEvent
from clients.models import Application, Member
from idp.models import Delivery, EventStream, SecurityEvent
from idp.portal.deliveries import queries
from tests import factories
from tests.accounts.limits.filling import fill
from tests.clients.partner import Partner, text
from tests.idp.portal.plans import plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    return Partner(Member.Role.DEVELOPER)


@pytest.fixture
def application(partner: Partner) -> Application:
    return partner.sandbox(backchannel_logout_uri="https://bins.example/logout")


def delivery(application: Application, **columns: object) -> Delivery:
    now = timezone.now()
    columns = {"state": "delivered", "last_status": 200, "tries": 1, "done_at": now, **columns}
    return Delivery.objects.create(
        application=application, sid="a" * 43, subject="b" * 43, expires_at=now, **columns
    )


def security_event(stream: EventStream) -> SecurityEvent:
    now = timezone.now()
    return SecurityEvent.objects.create(
        stream=stream,
        event_type="https://schemas.openid.net/secevent/caep/event-type/session-revoked",
        state="delivered",
        created_at=now,
        expires_at=now + timedelta(days=7),
    )


class TestTheList:
    def test_leads_from_none_yet_to_signing_a_test_resident_out(
        self, partner: Partner, application: Application
    ) -> None:
        page = text(partner.get(partner.page(application, "deliveries")))
        assert f'href="/logout?client_id={application.client_id}"' in page

    def test_of_a_live_application_offers_no_signing_out(self, partner: Partner) -> None:
        live = partner.sandbox(
            environment=Application.Environment.LIVE,
            backchannel_logout_uri="https://bins.example/logout",
        )
        page = text(partner.get(partner.page(live, "deliveries")))
        assert "There is none yet" in page
        assert "/logout?" not in page

    @pytest.mark.parametrize(
        "columns, words",
        [
            ({}, "Your server answered HTTP 200 (OK)."),
            ({"state": "refused", "last_status": 400}, "HTTP 400 (Bad Request)"),
            ({"last_status": 599}, "no standard status"),
            ({"last_error": "tls_failed"}, "certificate is not good"),
            ({"last_error": "<b>{x}"}, "&lt;b&gt;{x}"),
            ({"state": "expired"}, "Given up"),
        ],
    )
    def test_says_in_words_what_came_of_each(
        self,
        partner: Partner,
        application: Application,
        columns: dict[str, object],
        words: str,
    ) -> None:
        row = delivery(application, **columns)
        page = text(partner.get(partner.page(application, "deliveries")))
        assert words in page
        assert row.sid not in page
        assert row.subject not in page

    def test_says_when_what_waits_is_tried_next(
        self, partner: Partner, application: Application
    ) -> None:
        next_try = timezone.now() + timedelta(minutes=2)
        delivery(application, state="queued", last_status=503, next_try_at=next_try)
        page = text(partner.get(partner.page(application, "deliveries")))
        assert "Next try" in page
        assert "Send again" not in page

    def test_says_when_there_is_none(self, partner: Partner, application: Application) -> None:
        assert "There is none yet" in text(partner.get(partner.page(application, "deliveries")))
        deaf = text(partner.get(partner.page(partner.sandbox(), "deliveries")))
        assert "takes no logout tokens" in deaf
        assert "has no stream" in text(partner.get(partner.page(application, "events")))

    def test_goes_on_by_key(self, partner: Partner, application: Application) -> None:
        rows = {delivery(application).pk for _ in range(queries.ON_A_PAGE + 2)}
        address = partner.page(application, "deliveries")
        first = partner.get(address)
        second = partner.get(address + first.context["older"])
        seen = [line.row.pk for page in (first, second) for line in page.context["lines"]]
        assert len(seen) == len(rows)
        assert set(seen) == rows

    @pytest.mark.parametrize("after", ["x", "_", "2026-01-01_1", "2026-01-01T00:00:00_" + "0" * 32])
    def test_takes_no_place_that_is_none(
        self, partner: Partner, application: Application, after: str
    ) -> None:
        delivery(application)
        page = partner.client.get(partner.page(application, "deliveries"), {"after": after})
        assert len(page.context["lines"]) == 1

    def test_is_read_by_index(self, application: Application) -> None:
        factories.event_stream(application)
        place = queries.Place(timezone.now(), uuid4())
        rows = [queries.sign_outs(application, after=place), queries.events(application)]
        for found, index in zip(rows, ["DELIVERY_NEWEST", "SECURITY_EVENT_NEWEST"], strict=True):
            assert index in plan(found[:21])


class TestSendingAgain:
    def test_a_logout_token_goes_out_again_and_that_is_recorded(
        self, partner: Partner, application: Application
    ) -> None:
        row = delivery(application, state="expired", tries=9, last_error="expired")
        page = text(partner.get(partner.page(application, "deliveries")))
        assert f"deliveries/{row.pk}/again" in page
        answer = partner.post(partner.page(application, f"deliveries/{row.pk}/again"))
        assert answer["Location"] == partner.page(application, "deliveries")
        row.refresh_from_db()
        assert (row.state, row.tries, row.last_error) == ("queued", 0, "")
        assert row.expires_at > timezone.now()
        event = AuditEvent.objects.get(event=Event.DELIVERY_SENT_AGAIN)
        assert event.account_id is None
        assert (event.actor_id, event.object_id) == (str(partner.account.pk), str(row.pk))

    def test_what_waits_is_not_sent_twice(self, partner: Partner, application: Application) -> None:
        row = delivery(application, state="queued")
        page = partner.post(partner.page(application, f"deliveries/{row.pk}/again"))
        assert "waits to be sent already" in text(page)
        assert not AuditEvent.objects.filter(event=Event.DELIVERY_SENT_AGAIN).exists()

    def test_asking_sends_nothing(self, partner: Partner, application: Application) -> None:
        row = delivery(application)
        partner.get(partner.page(application, f"deliveries/{row.pk}/again"))
        row.refresh_from_db()
        assert row.state == "delivered"

    def test_an_event_goes_out_again(self, partner: Partner, application: Application) -> None:
        stream = factories.event_stream(application)
        event = security_event(stream)
        address = partner.page(application, f"events/{event.pk}/again")
        assert f"events/{event.pk}/again" in text(partner.get(partner.page(application, "events")))
        assert partner.post(address).status_code == 303
        event.refresh_from_db()
        assert event.state == "queued"

    @pytest.mark.parametrize(
        "columns", [{"status": "disabled"}, {"ended_at": timezone.now()}], ids=["disabled", "gone"]
    )
    def test_an_event_of_a_stream_that_carries_nothing_does_not(
        self, partner: Partner, application: Application, columns: dict[str, object]
    ) -> None:
        stream = factories.event_stream(application)
        event = security_event(stream)
        EventStream.objects.update(**columns)
        page = partner.post(partner.page(application, f"events/{event.pk}/again"))
        assert "It is not sent again" in text(page)

    def test_not_again_and_again(self, partner: Partner, application: Application) -> None:
        row = delivery(application)
        fill(SENT_AGAIN, application.client_id)
        page = partner.post(partner.page(application, f"deliveries/{row.pk}/again"))
        assert page.status_code == 429
        row.refresh_from_db()
        assert row.state == "delivered"

    def test_a_viewer_sees_and_sends_nothing(
        self, partner: Partner, application: Application
    ) -> None:
        viewer = Partner(Member.Role.VIEWER, of=partner.organisation)
        row = delivery(application)
        assert "Send again" not in text(viewer.get(viewer.page(application, "deliveries")))
        address = viewer.page(application, f"deliveries/{row.pk}/again")
        assert viewer.post(address).status_code == 403

    @pytest.mark.parametrize("kind", ["deliveries", "events"])
    def test_another_organisations_message_is_not_there_and_the_try_is_recorded(
        self, partner: Partner, application: Application, kind: str
    ) -> None:
        other = factories.application()
        stream = factories.event_stream(other)
        rows = {"deliveries": delivery(other), "events": security_event(stream)}
        address = partner.page(application, f"{kind}/{rows[kind].pk}/again")
        assert partner.post(address).status_code == 404
        refused = AuditEvent.objects.get(event=Event.ORGANISATION_ACCESS_REFUSED)
        assert refused.application_id == other.client_id
        assert partner.post(partner.page(application, f"{kind}/{uuid4()}/again")).status_code == 404
