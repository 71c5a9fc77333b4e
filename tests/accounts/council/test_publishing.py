"""What is published counts over the settings, soon, everywhere, and nothing is overwritten."""

import time
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from pytest_django import (
    DjangoAssertNumQueries,
    DjangoCaptureOnCommitCallbacks,
    Settings,
)

from accounts.council import operations, queries
from accounts.council.memory import LOOKS_AGAIN_AFTER, LOOKS_EVERY, Found, memory
from accounts.council.operations import ChangedMeanwhileError, NothingChangedError
from accounts.council.rules import Detail
from accounts.models import AuditEvent, CouncilDetails
from accounts.pages.context import council, council_without_looking
from tests import factories
from tests.accounts.council.published import publish
from tests.accounts.post import letters
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db


def test_the_settings_count_until_something_is_published(settings: Settings) -> None:
    settings.COUNCIL_PHONE = "020 7946 0999"
    assert queries.council().phone == "020 7946 0999"
    publish(hours="Always")
    settings.COUNCIL_PHONE = "020 7946 0123"
    assert queries.council().phone == "020 7946 0999"
    assert queries.council().hours == "Always"


def test_a_page_shows_what_was_published_and_a_link_to_ring_it() -> None:
    publish(phone="+442079460123", name="Ambridge Council", service="Ambridge Login")
    page = Visitor().client.get("/sign-in", follow=True).content.decode()
    assert "020 7946 0123" in page
    assert 'href="tel:+442079460123"' in page
    assert "Ambridge Council" in page
    assert "Ambridge Login" in page


def test_a_mail_is_from_the_service_as_it_is_called_now() -> None:
    publish(phone="+442079460123", service="Ambridge Login", name="Ambridge Council")
    visitor = Visitor()
    flow = visitor.begin()
    visitor.client.post("/sign-up", {"email": "new@example.org", "flow": flow})
    letter = letters()[-1]
    assert "020 7946 0123" in letter.text
    assert "Ambridge Council" in letter.text
    assert mail.outbox[-1].from_email.startswith("Ambridge Login <")


def test_markup_in_a_value_is_text_on_the_page() -> None:
    publish(name="<b>Bold</b> & Co", hours="<script>alert(1)</script>")
    page = Visitor().get("/help/contact").content.decode()
    assert "<b>Bold" not in page
    assert "<script>alert" not in page
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in page


def test_counters_and_the_councils_own_notice_are_on_their_pages() -> None:
    publish(counters="Town Hall, daily\nLibrary", privacy_notice="https://www.council.uk/privacy")
    visitor = Visitor()
    assert b"<li>Library</li>" in visitor.get("/help/contact").content
    assert b'href="https://www.council.uk/privacy"' in visitor.get("/help/privacy").content


def test_a_process_looks_again_after_twenty_seconds_and_not_before(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    memory.forget()
    with django_assert_num_queries(3):
        assert queries.council().hours == queries.council().hours
    # As another process would: this one hears nothing of it.
    CouncilDetails.objects.create(
        number=1, values={"hours": "Never"}, published_at="2027-01-01T00:00Z"
    )
    now[0] += LOOKS_EVERY - 1
    with django_assert_num_queries(0):
        assert queries.council().hours != "Never"
    now[0] += 2
    with django_assert_num_queries(3):
        assert queries.council().hours == "Never"
    assert LOOKS_EVERY <= 30


def test_without_a_database_pages_show_what_was_known_last(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(hours="Always")
    assert queries.council().hours == "Always"

    def fails(*_args: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(queries, "newest", fails)
    memory.found = Found(1, {"hours": "Always"}, at=float("-inf"))
    assert queries.council().hours == "Always"
    memory.forget()
    assert queries.council().hours != "Always"
    assert getattr(council_without_looking()["council"], "hours", None) == queries.council().hours


def test_it_is_recorded_which_values_changed_and_never_to_what() -> None:
    owner = factories.staff_member("owner").account
    row = publish(owner, phone="+442079460123", name="Ambridge Council")
    event = AuditEvent.objects.order_by("pk").last()
    assert event is not None
    assert event.event == "provider:council_details:published"
    assert (event.actor_kind, event.actor_id) == ("staff", str(owner.pk))
    assert event.object_id == str(row.number)
    assert event.detail == {"changed": "name,phone", "put_back": 0}


def test_whoever_began_before_somebody_elses_change_overwrites_nothing() -> None:
    values, owner = queries.details(), factories.staff_member("owner").account
    publish(hours="Always")
    with pytest.raises(ChangedMeanwhileError):
        operations.publish(values=values | {Detail.NAME: "New"}, begun_at=0, by=owner)
    assert queries.council().hours == "Always"


def test_what_everybody_sees_already_is_no_new_version() -> None:
    with pytest.raises(NothingChangedError):
        operations.publish(
            values=queries.details(), begun_at=0, by=factories.staff_member("owner").account
        )
    assert not CouncilDetails.objects.exists()


def test_an_undone_change_is_shown_by_nobody() -> None:
    with transaction.atomic():
        publish(hours="Never")
        transaction.set_rollback(True)
    memory.forget()
    assert queries.council().hours != "Never"


def test_the_process_that_publishes_shows_it_once_it_is_written(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    owner, values = factories.staff_member("owner").account, queries.details()
    with django_capture_on_commit_callbacks(execute=True):
        operations.publish(values=values | {Detail.HOURS: "Always"}, begun_at=0, by=owner)
        assert queries.council().hours != "Always"
    assert queries.council().hours == "Always"


def test_the_style_sheet_of_new_colours_has_an_address_of_its_own() -> None:
    publish(colour="#4b1d6b", link_colour="#1d3c6b")
    version = council(None)["brand_version"]
    page = Visitor().get("/help/contact").content.decode()
    assert f"/brand.css?v={version}" in page
    sheet = Visitor().get(f"/brand.css?v={version}")
    assert b"--govuk-brand-colour: #4b1d6b" in sheet.content
    assert b"--govuk-link-colour: #1d3c6b" in sheet.content
    assert "immutable" in sheet["Cache-Control"]
    assert "#4b1d6b" in page


def test_a_process_that_has_not_heard_of_new_colours_yet_does_not_serve_the_old_for_good() -> None:
    publish(colour="#4b1d6b")
    old = council(None)["brand_version"]
    remembered = memory.found
    publish(colour="#1d3c6b")
    new = council(None)["brand_version"]
    assert remembered is not None
    memory.found = replace(remembered, at=remembered.at - LOOKS_AGAIN_AFTER)
    answer = Visitor().get(f"/brand.css?v={new}")
    assert b"--govuk-brand-colour: #1d3c6b" in answer.content
    assert "immutable" in answer["Cache-Control"]
    # An old page's address is answered too, and not kept.
    late = Visitor().get(f"/brand.css?v={old}")
    assert b"#1d3c6b" in late.content
    assert "immutable" not in late["Cache-Control"]


def test_nobody_makes_us_look_without_end_or_forget_what_we_know(
    django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(colour="#4b1d6b", name="Ambridge Council")
    visitor = Visitor()
    with django_assert_max_num_queries(3):
        for number in range(9):
            assert visitor.get(f"/brand.css?v={number}").status_code == 200
    known = memory.found
    assert known is not None

    def away() -> None:
        raise DatabaseError

    monkeypatch.setattr(queries, "newest", away)
    memory.found = replace(known, at=known.at - LOOKS_AGAIN_AFTER)
    assert b"#4b1d6b" in visitor.get("/brand.css?v=x").content
    assert queries.details_without_looking()[Detail.NAME] == "Ambridge Council"
