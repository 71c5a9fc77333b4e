"""An email address that was chosen for a service and is gone: it gets none until one is chosen."""

from collections.abc import Callable

import pytest

from accounts.audit.actor import SYSTEM
from accounts.models import Account, EmailAddress
from accounts.profile.emails import operations as emails
from accounts.safety import operations as safety
from clients.models import Application, Organisation
from idp.models import Consent
from tests import factories
from tests.protocol.asking import asking, redeemed
from tests.protocol.choosing_address import MAIN, WORK, shared, told
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, heading, main_text, path, sent

pytestmark = pytest.mark.django_db
PATH = "/account/services/hub/email"
GONE = "was removed from your account, or marked as not safe. It gets none until you choose one"


@pytest.fixture
def partner() -> Partner:
    return Partner.confidential(slug="hub", name="The Hub", scopes=factories.OFFLINE)


@pytest.fixture
def work(account: Account) -> EmailAddress:
    """Return a second address of the account."""
    return factories.email_address(account, WORK, is_primary=False)


def removed(work: EmailAddress) -> None:
    assert emails.remove(account=work.account, address=work, started_on="", by=SYSTEM)


def marked(work: EmailAddress) -> None:
    safety.mark_unsafe(account=work.account, key=f"email-{work.pk}", by=SYSTEM)


Loss = Callable[[EmailAddress], None]
EACH = pytest.mark.parametrize("lose", [removed, marked])


@pytest.fixture
def third(account: Account) -> EmailAddress:
    """Return another address, so that there is a choice once the chosen one is gone."""
    return factories.email_address(account, "ann.home@example.org", is_primary=False)


@EACH
class TestTheService:
    """The service."""

    def test_hears_of_no_address_and_not_of_the_main_one(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss
    ) -> None:
        answer = shared(signed_in, partner, email=work.pk)
        lose(work)
        assert told(partner, answer) == {}
        assert body(partner.userinfo(answer["access_token"]))["name"] == "Ann Example"

    def test_hears_of_none_in_an_id_token_of_a_code_from_before(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss
    ) -> None:
        claims = asking(None, {"email": None, "name": None})
        page = signed_in.ask(partner.application, claims=claims)
        code = sent(signed_in.press(page, "share", email=str(work.pk)))["code"]
        lose(work)
        learned = redeemed(partner, code)
        assert learned.extra.keys() == {"name"}
        assert "email" not in learned.userinfo

    def test_goes_on_refreshing_without_it(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss
    ) -> None:
        scope = "openid profile email offline_access"
        answer = shared(signed_in, partner, email=work.pk, scope=scope)
        lose(work)
        fresh = body(partner.refresh(answer["refresh_token"]))
        assert "email" in fresh["scope"].split()
        assert told(partner, fresh) == {}

    def test_is_told_with_prompt_none_that_an_agreement_is_missing_and_not_why(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss
    ) -> None:
        shared(signed_in, partner, email=work.pk)
        lose(work)
        answer = sent(signed_in.ask(partner.application, prompt="none"))
        assert answer["error"] == "consent_required"
        assert "address" not in answer["error_description"]

    def test_is_answered_where_it_asks_for_no_address(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss
    ) -> None:
        shared(signed_in, partner, email=work.pk)
        lose(work)
        assert "code" in sent(
            signed_in.ask(partner.application, scope="openid profile", prompt="none")
        )


@EACH
class TestThePage:
    """The sharing page at the next sign-in."""

    def test_comes_and_says_why(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss
    ) -> None:
        shared(signed_in, partner, email=work.pk)
        lose(work)
        page = signed_in.ask(partner.application)
        assert path(page) == "/consent"
        assert GONE in main_text(page)
        assert WORK not in main_text(page)
        # The one that is left stands there to be seen, and is shared by sharing.
        assert f"Email address {MAIN}" in main_text(page)
        learned = redeemed(partner, sent(signed_in.press(page, "share"))["code"])
        assert learned.userinfo["email"] == MAIN
        assert "code" in sent(signed_in.ask(partner.application, prompt="none"))

    @pytest.mark.usefixtures("third")
    def test_has_none_of_several_chosen_beforehand(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss
    ) -> None:
        shared(signed_in, partner, email=work.pk)
        lose(work)
        page = signed_in.ask(partner.application)
        assert 'type="radio"' in page.text
        assert "checked" not in page.text

    def test_says_so_where_none_of_several_was_chosen(
        self,
        signed_in: Resident,
        partner: Partner,
        work: EmailAddress,
        third: EmailAddress,
        lose: Loss,
    ) -> None:
        answer = shared(signed_in, partner, email=work.pk)
        lose(work)
        again = signed_in.press(signed_in.ask(partner.application), "share")
        assert again.context["form"].errors
        assert "<title>Error: " in again.text
        assert 'href="#email"' in again.text
        assert "Select which email address you want to share" in main_text(again)
        assert told(partner, answer) == {}
        assert "code" in sent(signed_in.press(again, "share", email=str(third.pk)))
        assert told(partner, answer)["email"] == third.address

    def test_is_left_without_sharing_and_nothing_else_is_shared(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss
    ) -> None:
        answer = shared(signed_in, partner, email=work.pk)
        lose(work)
        leaving = signed_in.press(signed_in.ask(partner.application), "refuse")
        assert sent(signed_in.press(leaving, "leave"))["error"] == "access_denied"
        assert told(partner, answer) == {}


@EACH
class TestTheAccount:
    """On the account."""

    def test_the_service_is_shown_to_get_none(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss
    ) -> None:
        shared(signed_in, partner, email=work.pk)
        lose(work)
        text = main_text(signed_in.get("/account/services/hub"))
        assert "Which email address None: the one that you chose was removed" in text

    def test_another_may_be_chosen(
        self,
        signed_in: Resident,
        partner: Partner,
        work: EmailAddress,
        third: EmailAddress,
        lose: Loss,
    ) -> None:
        answer = shared(signed_in, partner, email=work.pk)
        lose(work)
        page = signed_in.get(PATH)
        assert "checked" not in page.text
        again = signed_in.press(page, "continue")
        assert "Select which email address you want to share" in main_text(again)
        assert told(partner, answer) == {}
        signed_in.press(again, "continue", email=str(third.pk))
        assert told(partner, answer)["email"] == third.address
        assert "code" in sent(signed_in.ask(partner.application, prompt="none"))


class TestTold:
    """A service of the council's own that tells instead of asking."""

    @pytest.fixture
    def partner(self) -> Partner:
        partner = Partner.confidential(slug="hub", name="The Hub")
        Organisation.objects.update(is_council=True)
        Application.objects.update(skips_sharing=True)
        partner.application.refresh_from_db()
        return partner

    @EACH
    @pytest.mark.parametrize("more", ["", " profile"])
    def test_asks_which_address_it_may_have(
        self, signed_in: Resident, partner: Partner, work: EmailAddress, lose: Loss, more: str
    ) -> None:
        sent(signed_in.ask(partner.application, scope="openid email"))
        signed_in.press(signed_in.get(PATH), "continue", email=str(work.pk))
        lose(work)
        page = signed_in.ask(partner.application, scope=f"openid email{more}")
        assert heading(page) == "Share your details with The Hub"
        assert GONE in main_text(page)
        assert Consent.objects.filter(kind="told").count() == 1


def test_marked_as_safe_again_it_is_what_was_chosen(
    signed_in: Resident, partner: Partner, work: EmailAddress
) -> None:
    answer = shared(signed_in, partner, email=work.pk)
    marked(work)
    safety.mark_safe(account=work.account, key=f"email-{work.pk}", by=SYSTEM)
    assert told(partner, answer)["email"] == WORK
    assert "code" in sent(signed_in.ask(partner.application, prompt="none"))


def test_made_the_main_one_it_is_still_the_one_that_was_chosen(
    signed_in: Resident, partner: Partner, work: EmailAddress
) -> None:
    answer = shared(signed_in, partner, email=work.pk)
    rows = EmailAddress.objects.filter(account=work.account)
    rows.update(is_primary=False)
    rows.filter(pk=work.pk).update(is_primary=True)
    assert told(partner, answer)["email"] == WORK
    removed(rows.get(address=MAIN))
    assert told(partner, answer)["email"] == WORK


def test_a_choice_that_goes_between_page_and_answer_is_asked_for_again(
    signed_in: Resident, partner: Partner, work: EmailAddress
) -> None:
    page = signed_in.ask(partner.application)
    removed(work)
    again = signed_in.press(page, "share", email=str(work.pk))
    assert path(again) == "/consent"
    assert not Consent.objects.exists()
