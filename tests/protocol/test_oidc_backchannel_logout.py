"""OpenID Connect Back-Channel Logout 1.0."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import jwt as pyjwt
import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.audit.actor import OPERATOR
from accounts.models import Account
from accounts.notices.jobs import send_message
from accounts.sessions import operations as sessions
from accounts.suspension import operations as suspension
from clients.applications import operations as applications
from idp.deliveries import jobs, sending
from idp.deliveries.rules import LEFT_ALONE, LIFETIME, WAITS, Verdict, verdict, wait_after
from idp.keys import queries as keys
from idp.models import Delivery, Participant
from tests import factories
from tests.accounts.security.outgoing.servers import Server, answering, serving
from tests.protocol.forms import forms
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, Response
from tests.protocol.service import Service

EVENT = "http://schemas.openid.net/event/backchannel-logout"
State = Delivery.State


@pytest.fixture
def account() -> Account:
    return factories.account("ann@example.org")


@pytest.fixture
def takes_tokens(settings: Settings) -> Iterator[Server]:
    """Yield an application's server that answers 200."""
    with serving(answering(b"")) as server:
        settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
        yield server


@pytest.fixture
def service(resident: Resident, account: Account, takes_tokens: Server) -> Service:
    resident.sign_in(account)
    return Service(resident, _partner(takes_tokens.port)).sign_in()


def _partner(port: int, **columns: Any) -> Partner:
    uri = f"http://127.0.0.1:{port}/backchannel"
    return Partner.confidential(backchannel_logout_uri=uri, **columns)


def _deliver_all() -> None:
    """Do what the worker does."""
    for delivery in Delivery.objects.filter(state=State.QUEUED):
        sending.send(delivery.pk)


def _token(request: bytes) -> str:
    head, _, body = request.partition(b"\r\n\r\n")
    assert b"content-type: application/x-www-form-urlencoded" in head.lower()
    found = parse_qs(body.decode())
    assert list(found) == ["logout_token"]
    return found["logout_token"][0]


class TestSection2Token:
    """§2.4: the logout token."""

    def test_it_names_the_session_and_the_subject_of_this_service(
        self, service: Service, takes_tokens: Server
    ) -> None:
        service.sign_out()
        _deliver_all()
        token = _token(takes_tokens.seen[0])
        id_token = pyjwt.decode(service.id_token, options={"verify_signature": False})
        header = pyjwt.get_unverified_header(token)
        assert header["typ"] == "logout+jwt"
        key = pyjwt.PyJWK(next(k for k in keys.published() if k["kid"] == header["kid"]))
        claims = pyjwt.decode(
            token,
            key,
            algorithms=[header["alg"]],
            audience=service.partner.application.client_id,
            issuer=settings.ISSUER,
        )
        assert set(claims) == {"iss", "aud", "iat", "exp", "jti", "sub", "sid", "events"}
        assert claims["events"] == {EVENT: {}}
        assert (claims["sub"], claims["sid"]) == (id_token["sub"], id_token["sid"])
        assert claims["exp"] - claims["iat"] <= 120

    def test_it_is_no_token_for_anything_else(self, service: Service, takes_tokens: Server) -> None:
        service.sign_out()
        _deliver_all()
        token = _token(takes_tokens.seen[0])
        assert service.partner.userinfo(token).status_code == 401
        answer = service.resident.ask(service.partner.application, id_token_hint=token)
        assert "error=invalid_request" in answer["Location"]


class TestSection25Delivery:
    """§2.5, §2.8: who is told, when, and what an answer means."""

    def test_each_service_of_the_session_is_told_once_and_no_other(
        self, service: Service, takes_tokens: Server
    ) -> None:
        library = Service(service.resident, _partner(takes_tokens.port, name="Library")).sign_in()
        deaf = Service(service.resident, Partner.confidential(name="Deaf")).sign_in()
        _elsewhere(service)
        service.sign_out()
        told = set(Delivery.objects.values_list("application__client_id", flat=True))
        named = {one.partner.application.client_id for one in (service, library)}
        assert told == named
        assert deaf.partner.application.client_id not in told
        assert Delivery.objects.count() == 2

    def test_signing_out_of_one_service_tells_that_one_alone(
        self, service: Service, takes_tokens: Server
    ) -> None:
        library = Service(service.resident, _partner(takes_tokens.port, name="Library")).sign_in()
        page = service.sign_out(post_logout_redirect_uri="https://other.example.org/")
        service.resident.submit("/logout/confirm", _choice(page, "service"))
        told = Delivery.objects.values_list("application__client_id", flat=True)
        assert list(told) == [service.partner.application.client_id]
        library.sign_out()
        assert Delivery.objects.count() == 2

    @pytest.mark.parametrize("ending", [sessions.end_everything, suspension.suspend])
    @pytest.mark.usefixtures("service")
    def test_however_a_session_ends_its_services_are_told(
        self, account: Account, ending: Callable[..., object]
    ) -> None:
        part = Participant.objects.get()
        ending(account=account, by=OPERATOR)
        assert Delivery.objects.get().sid == part.sid

    def test_a_stronger_sign_in_of_the_same_person_ends_nothing_at_the_service(
        self, service: Service, account: Account
    ) -> None:
        session = Participant.objects.get().session
        service.resident.sign_in(account, replaces=session)
        assert not Delivery.objects.exists()

    def test_an_ending_that_is_undone_tells_nobody(self, service: Service) -> None:
        with transaction.atomic():
            service.sign_out()
            transaction.set_rollback(True)
        assert not Delivery.objects.exists()
        assert not DBTaskResult.objects.filter(task_path=jobs.deliver.module_path).exists()

    @pytest.mark.usefixtures("service")
    def test_mails_come_before_what_services_are_told(self, account: Account) -> None:
        sessions.end_everything(account=account, by=OPERATOR)
        queued = dict(DBTaskResult.objects.values_list("task_path", "priority"))
        assert queued[send_message.module_path] > queued[jobs.deliver.module_path]

    def test_whoever_did_not_answer_is_asked_again_behind_all_others(
        self, service: Service, settings: Settings
    ) -> None:
        service.sign_out()
        settings.OUTGOING_ALLOW = []
        jobs.deliver.call(str(Delivery.objects.get().pk))
        tries = DBTaskResult.objects.filter(task_path=jobs.deliver.module_path)
        first, again = tries.order_by("enqueued_at")
        assert first.priority > again.priority

    def test_one_that_does_not_answer_is_left_alone_a_while_whatever_else_it_is_to_be_told(
        self, account: Account, settings: Settings
    ) -> None:
        settings.OUTGOING_ALLOW = []
        partner = _partner(1)
        for _session in range(2):
            resident = Resident()
            resident.sign_in(account)
            Service(resident, partner).sign_in().sign_out()
        first, second = Delivery.objects.order_by("created_at")
        with time_machine.travel(timezone.now(), tick=False) as clock:
            sending.send(first.pk)
            assert sending.send(second.pk) == timezone.now() + LEFT_ALONE
            assert Delivery.objects.get(tries=0) == second
            clock.shift(LEFT_ALONE)
            sending.send(second.pk)
        assert not Delivery.objects.filter(tries=0).exists()

    def test_the_answer_is_recorded(self, service: Service) -> None:
        service.sign_out()
        _deliver_all()
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.tries) == (State.DELIVERED, 1)
        assert (delivery.last_status, delivery.last_error) == (200, "")
        assert sending.send(delivery.pk) is None

    @pytest.mark.parametrize(
        "status, expected",
        [
            (200, Verdict.TAKEN),
            (204, Verdict.TAKEN),
            (400, Verdict.REFUSED),
            (401, Verdict.TRY_AGAIN),
            (404, Verdict.TRY_AGAIN),
            (429, Verdict.TRY_AGAIN),
            (500, Verdict.TRY_AGAIN),
            (503, Verdict.TRY_AGAIN),
        ],
    )
    def test_only_its_own_no_is_final(self, status: int, expected: Verdict) -> None:
        assert verdict(status) is expected

    def test_what_it_refuses_is_not_sent_again(
        self, resident: Resident, account: Account, settings: Settings
    ) -> None:
        with serving(answering(b"no", head="HTTP/1.1 400 Bad Request")) as server:
            settings.OUTGOING_ALLOW = [f"127.0.0.1:{server.port}"]
            resident.sign_in(account)
            Service(resident, _partner(server.port)).sign_in().sign_out()
            _deliver_all()
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.last_status) == (State.REFUSED, 400)

    def test_a_service_that_is_down_is_tried_again_after_growing_waits(
        self, service: Service, settings: Settings
    ) -> None:
        settings.OUTGOING_ALLOW = []
        service.sign_out()
        delivery = Delivery.objects.get()
        with time_machine.travel(timezone.now(), tick=False) as clock:
            tried = []
            while (at := sending.send(delivery.pk)) is not None:
                tried.append(at - timezone.now())
                clock.move_to(at)
        delivery.refresh_from_db()
        assert tried == list(WAITS)
        assert (delivery.state, delivery.tries) == (State.EXPIRED, len(WAITS) + 1)
        assert delivery.last_error
        assert delivery.last_status is None

    def test_each_try_has_a_fresh_token_with_the_same_jti(
        self, service: Service, takes_tokens: Server
    ) -> None:
        service.sign_out()
        delivery = Delivery.objects.get()
        sending.send(delivery.pk)
        Delivery.objects.update(state=State.QUEUED)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            sending.send(delivery.pk)
        first, second = (
            pyjwt.decode(_token(one), options={"verify_signature": False})
            for one in takes_tokens.seen
        )
        assert first["jti"] == second["jti"]
        assert second["iat"] - first["iat"] >= 3600

    def test_a_suspended_application_is_told_nothing(
        self, service: Service, takes_tokens: Server
    ) -> None:
        service.sign_out()
        applications.suspend(application=service.partner.application, by=OPERATOR)
        _deliver_all()
        assert takes_tokens.seen == []
        assert Delivery.objects.get().state == State.EXPIRED

    def test_an_address_inside_is_never_asked(
        self, resident: Resident, account: Account, settings: Settings
    ) -> None:
        settings.OUTGOING_ALLOW = []
        resident.sign_in(account)
        partner = Partner.confidential(backchannel_logout_uri="https://127.0.0.1:8443/logout")
        Service(resident, partner).sign_in().sign_out()
        _deliver_all()
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.last_status) == (State.QUEUED, None)
        assert delivery.last_error


def test_waits_end_before_the_message_does() -> None:
    assert sum(WAITS, timedelta()) < LIFETIME
    assert wait_after(1, left=timedelta(seconds=1)) is None
    assert wait_after(1, left=timedelta(minutes=1)) == WAITS[0]


def _choice(page: Response, choice: str) -> dict[str, str]:
    form = next(one for one in forms(page.content.decode()) if "wish" in one.values)
    return {**form.values, "choice": choice}


def _elsewhere(service: Service) -> None:
    """Sign somebody else in to the same service, in another browser."""
    other = Resident()
    other.sign_in(factories.account())
    Service(other, service.partner).sign_in()
