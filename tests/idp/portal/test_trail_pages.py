"""An application's request trail: in words, narrowed, by key, and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit.events import Event
from accounts.models import AuditEvent
from clients.models import Application, Member
from idp.models import TrailOverflow
from idp.portal.trail import places, queries, rules
from idp.portal.trail.rules import Place, Wanted
from idp.portal.trail.words import catalogue
from tests import factories
from tests.clients.partner import Partner, text
from tests.idp.portal.entries import entry, passed, sign_in
from tests.idp.portal.plans import plan

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def partner() -> Partner:
    return Partner(Member.Role.VIEWER)


def _heads(page: str) -> list[str]:
    return [part.split("</a>")[0].split(">")[-1] for part in page.split("<h2")[1:]]


def test_an_application_that_asked_nothing_says_how_to_begin(partner: Partner) -> None:
    page = text(partner.get(partner.page(partner.sandbox(), "requests")))
    assert "has asked nothing yet" in page


def test_the_top_entry_names_the_cause_the_section_and_the_fix(partner: Partner) -> None:
    application = partner.sandbox()
    sign_in(application, ago=MINUTE)
    entry(application)
    page = text(partner.get(partner.page(application, "requests")))
    assert page.index("The client secret is wrong.") < page.index("somebody signed in")
    for words in ("RFC 6749 §2.3", "Put this application’s current secret", "CDFG-3467"):
        assert words in page


def test_an_unregistered_address_can_be_copied_from_its_fix(partner: Partner) -> None:
    application, sent = partner.sandbox(), "https://bins.example/new"
    columns: dict[str, Any] = {"endpoint": "authorize", "reason": "unregistered_redirect_uri"}
    row = entry(application, parameter="redirect_uri", sent=sent, **columns)
    page = text(partner.get(partner.page(application, f"requests/{row.pk}")))
    # Anybody can send a request, with an address of theirs for partners to add.
    assert (
        f"If this address is your own, add {sent} to the redirect URIs of this application" in page
    )
    assert application.redirect_uris.split()[0] in page


def test_of_an_address_that_is_not_kept_whole_the_fix_names_none(partner: Partner) -> None:
    application = partner.sandbox()
    columns: dict[str, Any] = {"reason": "unregistered_redirect_uri", "parameter": "redirect_uri"}
    row = entry(application, sent="https://bins.example/cb?…", **columns)
    page = text(partner.get(partner.page(application, f"requests/{row.pk}")))
    assert "the exact address that it sends" in page
    assert "Add https" not in page


def test_an_entry_leads_to_the_page_on_which_it_is_mended() -> None:
    owner = Partner()
    viewer = Partner(Member.Role.VIEWER, of=owner.organisation)
    application = owner.sandbox()
    for reason, place in {
        "unregistered_redirect_uri": owner.page(application, "change/addresses"),
        "logout_return_address_not_registered": owner.page(application, "change/addresses"),
        "wrong_secret": owner.page(application, "credentials"),
        "real_resident_at_sandbox": f"{owner.home}/test-residents",
    }.items():
        row = entry(application, reason=reason)
        page = text(owner.get(owner.page(application, f"requests/{row.pk}")))
        assert f'<a class="govuk-link" href="{place}">' in page.partition('class="govuk-tag')[2]
        assert owner.get(place).status_code == 200
        seen = text(viewer.get(owner.page(application, f"requests/{row.pk}")))
        assert "change/addresses" not in seen


def test_of_a_live_application_it_leads_to_what_the_council_is_asked() -> None:
    owner = Partner(two_factors=True)
    application = owner.sandbox(environment=Application.Environment.LIVE)
    for reason, place in {
        "unregistered_redirect_uri": owner.page(application, "live/draft/addresses"),
        "logout_return_address_not_registered": owner.page(application, "live/draft/signing-out"),
    }.items():
        row = entry(application, reason=reason)
        page = text(owner.get(owner.page(application, f"requests/{row.pk}")))
        assert f'href="{place}"' in page
        assert owner.get(place).status_code == 200


@pytest.mark.once
def test_every_reason_that_is_mended_in_the_portal_is_one() -> None:
    assert [reason for reason in places.REASONS if catalogue.found(reason) is None] == []


@pytest.mark.parametrize(
    "reason, told",
    [("dpop_nonce_missing", "Libraries try again"), ("logout_hint_missing", "as id_token_hint.")],
)
def test_where_nothing_was_refused_it_is_said_how_to_go_on(
    partner: Partner, reason: str, told: str
) -> None:
    row = entry(application := partner.sandbox(), outcome="begun", reason=reason)
    page = text(partner.get(partner.page(application, f"requests/{row.pk}")))
    assert "Not refused" in page
    assert told in page.partition("Good to know:")[2]


def test_what_a_stranger_sent_is_shown_as_text(partner: Partner) -> None:
    application = partner.sandbox()
    hostile = "https://x/<script>alert(1)</script>{issuer}"
    entry(application, reason="unregistered_redirect_uri", parameter="redirect_uri", sent=hostile)
    page = text(partner.get(partner.page(application, "requests")))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{issuer}" in page


def test_what_anybody_could_have_sent_is_marked(partner: Partner) -> None:
    application = partner.sandbox()
    passed(application, endpoint="userinfo")
    assert "Anybody could" not in _listed(text(partner.get(partner.page(application, "requests"))))
    entry(application)
    assert "Anybody could" in _listed(text(partner.get(partner.page(application, "requests"))))


def _listed(page: str) -> str:
    return page.partition('class="borough-entry"')[2]


def test_how_many_were_left_out_is_a_row(partner: Partner) -> None:
    application, hour = partner.sandbox(), timezone.now().replace(minute=0, second=0, microsecond=0)
    TrailOverflow.objects.create(application=application, hour=hour, left_out=1234)
    page = partner.page(application, "requests")
    assert "1,234 more were left out" in text(partner.get(page)).replace("1234", "1,234")
    assert "left out" not in text(partner.get(f"{page}?sender=proved"))
    assert "left out" in text(partner.get(f"{page}?span=day"))


@pytest.mark.parametrize(
    "query, expected",
    [
        ("endpoint=userinfo", ["userinfo"]),
        ("outcome=refused", ["token"]),
        ("outcome=passed", ["userinfo", "authorize"]),
        ("sender=proved", ["userinfo"]),
        ("sender=anybody", ["token", "authorize"]),
        ("span=hour", ["userinfo", "token"]),
        ("span=hour&outcome=refused&sender=anybody", ["token"]),
        ("endpoint=nonsense&span=x", ["userinfo", "token", "authorize"]),
    ],
)
def test_it_is_narrowed_by_what_is_chosen(
    partner: Partner, query: str, expected: list[str]
) -> None:
    application = partner.sandbox()
    passed(application, endpoint="userinfo")
    entry(application, ago=MINUTE)
    passed(application, endpoint="authorize", is_authenticated=False, ago=timedelta(hours=2))
    answer = partner.get(f"{partner.page(application, 'requests')}?{query}")
    assert [line.row.endpoint for line in answer.context["lines"]] == expected


def test_pages_go_on_by_key_and_miss_nothing_at_one_moment(partner: Partner) -> None:
    application, at = partner.sandbox(), timezone.now()
    rows = [entry(application, at=at).pk for _ in range(queries.ON_A_PAGE + 3)]
    address = partner.page(application, "requests")
    first = partner.get(address)
    entry(application)
    second = partner.get(address + first.context["older"])
    seen = [line.row.pk for page in (first, second) for line in page.context["lines"]]
    assert seen == rows[::-1]
    assert second.context["older"] == ""


@pytest.mark.parametrize("after", ["", "x", "1", "-1-1", "9" * 40, "99999999999999999-1", "1-1'"])
def test_a_place_that_is_none_shows_the_beginning_or_nothing(partner: Partner, after: str) -> None:
    application = partner.sandbox()
    entry(application)
    page = partner.client.get(partner.page(application, "requests"), {"after": after})
    assert page.status_code == 200


class TestHelpCodes:
    @pytest.mark.parametrize("typed", ["CDFG-3467", "cdfg 3467", " CDFG3467 "])
    def test_a_help_code_opens_its_entry(self, partner: Partner, typed: str) -> None:
        application = partner.sandbox()
        row = entry(application)
        answer = partner.client.get(partner.page(application, "requests"), {"help_code": typed})
        assert answer["Location"] == partner.page(application, f"requests/{row.pk}")

    @pytest.mark.parametrize(
        "typed, words",
        [
            ("", "Enter a help code"),
            ("CDFG-346", "eight letters and digits"),
            ("0000-0000", "eight letters and digits"),
            ("x" * 50, "eight letters and digits"),
            ("WWWW-WWWW", "No request of the last 30 days"),
        ],
    )
    def test_one_that_opens_nothing_is_an_error_at_its_field(
        self, partner: Partner, typed: str, words: str
    ) -> None:
        application = partner.sandbox()
        entry(application)
        answer = partner.client.get(partner.page(application, "requests"), {"help_code": typed})
        page = text(answer)
        assert answer.status_code == 200
        assert words in page
        assert "<title>Error:" in page

    def test_another_applications_help_code_opens_nothing(self, partner: Partner) -> None:
        entry(partner.sandbox())
        answer = partner.client.get(
            partner.page(partner.sandbox(), "requests"), {"help_code": "CDFG3467"}
        )
        assert "No request of the last 30 days" in text(answer)


class TestOthers:
    def test_another_organisations_entry_is_not_there_and_the_try_is_recorded(
        self, partner: Partner
    ) -> None:
        other = factories.application()
        row = entry(other)
        answer = partner.get(partner.page(partner.sandbox(), f"requests/{row.pk}"))
        assert answer.status_code == 404
        refused = AuditEvent.objects.get(event=Event.ORGANISATION_ACCESS_REFUSED)
        assert (refused.application_id, refused.reason) == (other.client_id, "not_its_application")

    @pytest.mark.parametrize("name", ["requests", "requests/newest", "requests/1"])
    def test_another_organisations_application_is_not_there(
        self, partner: Partner, name: str
    ) -> None:
        other = factories.application()
        assert partner.get(partner.page(other, name)).status_code == 404
        assert AuditEvent.objects.filter(event=Event.ORGANISATION_ACCESS_REFUSED).exists()

    @pytest.mark.parametrize("number", ["0", "99999999999999999999999"])
    def test_an_entry_that_is_not_there_is_no_error(self, partner: Partner, number: str) -> None:
        page = partner.page(partner.sandbox(), f"requests/{number}")
        assert partner.get(page).status_code == 404


def test_an_open_page_hears_of_newer_entries(partner: Partner) -> None:
    application = partner.sandbox()
    address = partner.page(application, "requests/newest")
    assert partner.get(address).json() == {"newest": 0}
    row = entry(application)
    entry(partner.sandbox())
    assert partner.get(address).json() == {"newest": row.pk}


class TestCost:
    @pytest.mark.parametrize(
        "wanted",
        [
            Wanted(),
            Wanted(endpoint="token"),
            Wanted(outcome=rules.REFUSED),
            Wanted(sender=rules.PROVED),
            Wanted(span="hour"),
            Wanted(endpoint="token", outcome=rules.REFUSED, sender=rules.ANYBODY, span="week"),
        ],
    )
    def test_a_page_is_found_by_index_and_sorted_by_it(
        self, partner: Partner, wanted: Wanted
    ) -> None:
        rows = queries.entries(partner.sandbox(), wanted, after=Place(timezone.now(), 7))
        found = plan(rows[:26])
        assert "REQUEST_TRAIL_" in found
        assert "SCAN" not in found.replace("INDEX SCAN", "").replace("INDEX ONLY SCAN", "")

    def test_a_page_takes_as_many_statements_however_much_it_lists(self, partner: Partner) -> None:
        application = partner.sandbox()

        def statements() -> int:
            with CaptureQueriesContext(connection) as caught:
                queries.page(application, Wanted(), after=None)
            return len(caught)

        entry(application)
        few = statements()
        for _ in range(20):
            entry(application)
        assert statements() == few == 2
