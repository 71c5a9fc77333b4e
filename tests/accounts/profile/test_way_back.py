"""A page of one's details leads back to the page that led to it, and to no other site."""

from urllib.parse import parse_qs, urlencode

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Phone
from accounts.profile import way_back
from accounts.profile.way_back import Way
from tests.accounts.profile.emails.resident import Resident

pytestmark = pytest.mark.django_db

BACK = "/consent?request=a-b_c"
CARRIED = "return_to=%2Fconsent%3Frequest%3Da-b_c"
ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "\\\\evil.example",
    "evil.example",
    " /account",
    "/account\r\nX: y",
    "/a\x00b",
    "/é",
    "",
    "/" + "a" * 500,
]
BORN = {"date_of_birth-day": "29", "date_of_birth-month": "2", "date_of_birth-year": "1980"}
TYPED = {"line_1": "1 High Street", "town": "Exampleham", "postcode": "ex1 1aa"}


@pytest.fixture
def ann(settings: Settings) -> Resident:
    settings.ADDRESS_LOOKUP = "accounts.profile.postal.demo_lookup.DemoLookup"
    return Resident()


def leading_back(path: str, back: str = BACK) -> str:
    return f"{path}?{urlencode({'return_to': back})}"


@pytest.mark.parametrize(
    "path, typed",
    [
        ("/account/date-of-birth", BORN),
        ("/account/phone", {"number": "07700 900123"}),
        ("/account/address/type", TYPED),
        ("/account/address/none", {}),
        ("/account/address/choose", {"postcode": "ZZ1 1AA", "uprn": "100000010003"}),
    ],
)
class TestEachPage:
    """Every page on which a detail is given."""

    def test_leads_back_when_it_is_saved(
        self, ann: Resident, path: str, typed: dict[str, str]
    ) -> None:
        saved = ann.post(leading_back(path), **typed)
        assert (saved.status_code, saved["Location"]) == (303, BACK)

    def test_leads_to_the_account_otherwise(
        self, ann: Resident, path: str, typed: dict[str, str]
    ) -> None:
        assert ann.post(path, **typed)["Location"] == "/account"

    @pytest.mark.parametrize("elsewhere", ELSEWHERE)
    def test_leads_to_no_other_site(
        self, ann: Resident, path: str, typed: dict[str, str], elsewhere: str
    ) -> None:
        page = ann.get(leading_back(path, elsewhere))
        assert "evil" not in page.content.decode()
        assert ann.post(leading_back(path, elsewhere), **typed)["Location"] == "/account"


@pytest.mark.parametrize(
    "path", ["/account/date-of-birth", "/account/phone", "/account/address", "/account/name"]
)
def test_whoever_adds_nothing_goes_back_by_a_link(ann: Resident, path: str) -> None:
    assert f'href="{BACK}"' in ann.get(leading_back(path)).content.decode()


def test_a_name_leads_back_once_it_is_said_what_becomes_of_the_former(ann: Resident) -> None:
    saved = ann.post(leading_back("/account/name"), full_name="Ann Other")
    assert saved["Location"] == f"/account/former-name?{CARRIED}"
    assert f'href="{BACK}"' in ann.get(saved["Location"]).content.decode()
    assert ann.post(saved["Location"], decision="forget")["Location"] == BACK


def test_the_pages_of_an_address_take_the_way_back_along(ann: Resident) -> None:
    found = ann.post(leading_back("/account/address"), postcode="ZZ1 1AA").content.decode()
    for path in ("", "/type", "/none"):
        assert f'href="/account/address{path}?{CARRIED}"' in found
    assert f'formaction="/account/address/choose?{CARRIED}"' in found
    typed = ann.post(leading_back("/account/address"), postcode="SW1A 2AA").content.decode()
    assert f'formaction="/account/address/type?{CARRIED}"' in typed


def test_so_do_the_pages_of_a_phone_number(ann: Resident, settings: Settings) -> None:
    settings.TEXTS_ADAPTER = "somewhere.Texts"
    asked = ann.post(leading_back("/account/phone"), number="07700 900123")
    assert asked["Location"] == f"/account/phone/confirm?{CARRIED}"
    page = ann.get(asked["Location"]).content.decode()
    assert f'action="/account/phone/new-code?{CARRIED}"' in page
    assert f'href="{BACK}"' in page
    again = ann.post(leading_back("/account/phone/new-code"))
    assert again["Location"] == f"/account/phone/confirm?{CARRIED}"
    Phone.objects.update(confirmed_at=timezone.now())
    assert ann.get(asked["Location"])["Location"] == BACK


def test_where_no_look_up_is_there_typing_leads_back_too(ann: Resident, settings: Settings) -> None:
    settings.ADDRESS_LOOKUP = ""
    assert ann.get(leading_back("/account/address"))["Location"] == (
        f"/account/address/type?{CARRIED}"
    )


class TestAWayThatEndsAtAService:
    """Browsers hold each redirect after a form against the policy of the form's page."""

    ENDS_AT = "https://service.example.org"

    @pytest.mark.parametrize(
        "name",
        ["name", "date_of_birth", "find_address", "type_address", "no_fixed_address", "phone"],
    )
    def test_is_allowed_to_the_form_of_each_page(self, ann: Resident, name: str) -> None:
        address = way_back.leading_to(f"profile:{name}", back_to=Way(BACK, self.ENDS_AT))
        assert form_action(ann, address) == ["'self'", self.ENDS_AT]

    def test_is_taken_along_to_the_next_page(self, ann: Resident) -> None:
        address = way_back.leading_to("profile:name", back_to=Way(BACK, self.ENDS_AT))
        saved = ann.post(address, full_name="Ann Other")
        assert form_action(ann, saved["Location"]) == ["'self'", self.ENDS_AT]
        assert ann.post(saved["Location"], decision="forget")["Location"] == BACK

    @pytest.mark.parametrize("seal", ["", "k", "é", "k1:x", "{seal}"])
    def test_that_we_did_not_write_is_not_allowed(self, ann: Resident, seal: str) -> None:
        ours = way_back.leading_to("profile:name", back_to=Way(BACK, self.ENDS_AT))
        seal = seal.format(seal=parse_qs(ours)["seal"][0])
        query = {"return_to": BACK, "ends_at": "https://evil.example", "seal": seal}
        assert form_action(ann, f"/account/name?{urlencode(query)}") == ["'self'"]

    def test_is_that_of_its_own_path_alone(self, ann: Resident) -> None:
        ours = way_back.leading_to("profile:name", back_to=Way(BACK, self.ENDS_AT))
        other = ours.replace(urlencode({"return_to": BACK}), "return_to=%2Faccount%2Fphone")
        assert other != ours
        assert form_action(ann, other) == ["'self'"]


def form_action(ann: Resident, address: str) -> list[str]:
    """Return the sources to which the page's policy lets its forms lead."""
    policy: str = ann.get(address)["Content-Security-Policy"]
    directives = policy.split(";")
    (found,) = (part for part in directives if part.split()[0] == "form-action")
    return found.split()[1:]
