"""Partners read what they can do here before they sign in."""

from unittest import mock

import pytest

from accounts.audit.actor import resident
from accounts.audit.events import Event
from accounts.limits import table
from accounts.limits.operations import hit
from accounts.models import AuditEvent, PendingSignIn
from clients.applications.form.starting import starting
from clients.applications.registration import Kind
from clients.applications.writing import ApplicationRefusedError
from clients.models import Application, Member, Organisation
from clients.organisations.operations import OrganisationRefusedError
from clients.organisations.signing_up import queries
from clients.organisations.signing_up.operations import create_with_owner
from clients.starting import operations
from tests import factories
from tests.accounts.visitor import Visitor
from tests.clients.colleague import Colleague

pytestmark = pytest.mark.django_db
NEW = {
    "organisation": "Riverside Trust",
    "name": "Bin Days",
    "kind": "web",
    "redirect_uris": "http://localhost:9000/callback",
}


def test_anybody_reads_what_partners_can_do() -> None:
    page = Visitor().get("/partners")
    assert page.status_code == 200
    assert "The sandbox needs no proof" in page.content.decode()


def test_start_now_leads_whoever_is_new_to_a_new_account_and_back() -> None:
    visitor = Visitor()
    answer = visitor.get("/partners/begin")
    assert answer["Location"].startswith("/sign-up?flow=")
    assert PendingSignIn.objects.get().return_to == "/partners/new"
    assert visitor.get("/partners/new")["Location"] == "/sign-in?return_to=%2Fpartners%2Fnew"


def test_start_now_leads_whoever_is_signed_in_straight_on() -> None:
    assert Colleague().get("/partners/begin")["Location"] == "/partners/new"


def test_one_page_makes_an_organisation_its_owner_and_an_application() -> None:
    ann = Colleague()
    page = ann.post("/partners/new", **NEW).content.decode()
    member = Member.objects.get(account=ann.account)
    assert (member.role, member.organisation.name) == ("owner", "Riverside Trust")
    application = Application.objects.get()
    assert application.organisation == member.organisation
    assert application.environment == Application.Environment.SANDBOX
    assert application.client_id in page
    told = AuditEvent.objects.filter(organisation_id=member.organisation_id)
    made = {Event.ORGANISATION_CREATED, Event.MEMBER_ADDED, Event.APPLICATION_CREATED}
    assert made <= set(told.values_list("event", flat=True))


def test_a_program_without_a_browser_needs_no_address_to_return_to() -> None:
    Colleague().post("/partners/new", **{**NEW, "kind": "service", "redirect_uris": ""})
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    "wrong, problem",
    [
        ({"organisation": ""}, "Enter the name of your organisation"),
        ({"organisation": "Tru\u202est"}, "cannot be seen"),
        ({"organisation": "x" * 101}, "100 characters or fewer"),
        ({"organisation": "Example Borough Council"}, "call us"),
        ({"organisation": "Riverside Council"}, "call us"),
        ({"organisation": "Riverside \u0421ouncil"}, "The name"),
        ({"organisation": "Gov Riverside"}, "call us"),
        ({"organisation": "Borough Login"}, "of the council"),
        ({"organisation": "B0rough L0gin"}, "of the council"),
        ({"organisation": "Win at evil.example"}, "address of a website"),
        ({"organisation": "Ask ann@example.org"}, "address of a website"),
        ({"name": ""}, "Enter the name of the application"),
        ({"redirect_uris": ""}, "Enter at least one redirect URI"),
        ({"redirect_uris": "java\tscript:alert(1)"}, "Error:"),
        ({"kind": "mainframe"}, "Choose what kind"),
    ],
)
def test_what_will_not_do_is_said_and_makes_nothing(wrong: dict[str, str], problem: str) -> None:
    answer = Colleague().post("/partners/new", **{**NEW, **wrong})
    assert answer.status_code == 200
    assert problem in answer.content.decode()
    assert "<title>Error:" in answer.content.decode()
    assert not Organisation.objects.exists()
    assert not Application.objects.exists()


@pytest.mark.parametrize("name", ["Riverside Trust", "RIVERSIDE  TRUST", "Riverside Trús\u0442"])
def test_nobody_is_called_like_another_organisation(name: str) -> None:
    factories.organisation(name="Riverside Trust")
    answer = Colleague().post("/partners/new", **{**NEW, "organisation": name})
    assert answer.status_code == 200
    assert Organisation.objects.count() == 1


def test_of_two_who_are_called_alike_at_once_one_is_refused() -> None:
    ann, bea = factories.account(), factories.account()
    create_with_owner(name="Riverside Trust", account=ann, by=resident(ann))
    none = mock.patch(f"{queries.__name__}.lookalike_problem", return_value=None)
    with none, pytest.raises(OrganisationRefusedError):
        create_with_owner(name="Riverside-Trust", account=bea, by=resident(bea))
    assert Organisation.objects.count() == 1


def test_an_application_that_will_not_do_leaves_no_organisation() -> None:
    ann = factories.account()
    unfit = starting(Kind.WEB, name="Bin Days", redirect_uris=("data:text/html,x",))
    with pytest.raises(ApplicationRefusedError):
        operations.begin(
            organisation="Riverside Trust", registration=unfit, account=ann, by=resident(ann)
        )
    assert not Organisation.objects.exists()


def test_the_form_sent_twice_makes_one_organisation() -> None:
    ann = Colleague()
    ann.post("/partners/new", **NEW)
    assert "of another organisation" in ann.post("/partners/new", **NEW).content.decode()
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize("limit", [table.ORGANISATIONS, table.ORGANISATIONS_NETWORK])
def test_nobody_makes_organisations_without_end(limit: table.Limit) -> None:
    ann = Colleague()
    key = str(ann.account.pk) if limit is table.ORGANISATIONS else "192.0.2.1"
    for _ in range(limit.amount):
        hit(limit, key)
    assert ann.post("/partners/new", **NEW).status_code == 429
    assert not Organisation.objects.exists()


def test_two_names_that_make_the_same_short_name_both_find_one() -> None:
    ann = factories.account()
    factories.organisation(slug="riverside-trust", name="Another")
    made = create_with_owner(name="Riverside Trust", account=ann, by=resident(ann))
    assert made.slug.startswith("riverside-trust-")
    other = create_with_owner(name="\u6cb3\u8fba", account=ann, by=resident(ann))
    assert other.slug == "organisation"
