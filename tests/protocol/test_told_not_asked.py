"""The council's own service for its own public task: residents are told, once, and not asked."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR, SYSTEM
from accounts.models import Account, AuditEvent, EmailAddress, OutboundMessage
from clients.applications.changing import operations as changing
from clients.applications.registration import Told
from clients.models import Application, InitialAccessToken, Organisation
from idp.consent import operations as consents
from idp.consent.rules import Shown
from idp.models import AuthorizationRequest, Block, Consent
from tests import factories
from tests.accounts import post
from tests.protocol.asking import asking, redeemed
from tests.protocol.devices import LET_IN, Device, let_in, maker
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, heading, main_text, path, sent

SHARING = "Share your details with Council Tax"


def own(partner: Partner) -> Partner:
    """Make the application the council's own, which tells instead of asking."""
    Organisation.objects.update(is_council=True)
    Application.objects.update(skips_sharing=True)
    partner.application.refresh_from_db()
    return partner


@pytest.fixture
def partner() -> Partner:
    return own(Partner.confidential())


def mails() -> int:
    """Return how many mails told of it."""
    return OutboundMessage.objects.filter(template="sharing_told").count()


def current() -> Consent:
    return Consent.objects.get(superseded_at=None, withdrawn_at=None)


class TestTold:
    """Whoever comes for the first time."""

    def test_reaches_the_service_without_a_page(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        told = redeemed(partner, sent(signed_in.ask(partner.application))["code"])
        assert told.userinfo["name"] == "Ann Example"
        consent = current()
        assert (consent.kind, consent.scopes) == ("told", ["email", "openid", "profile"])

    def test_is_written_to_once_in_a_mail_that_names_no_service(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        for _visit in range(3):
            sent(signed_in.ask(partner.application))
        letter = post.newest()
        assert (mails(), letter.to) == (1, "ann@example.org")
        assert letter.subject == "A service has your details"
        for word in ("Council Tax", "Riverside"):
            assert word not in letter.text + letter.html
        assert "Your services" in letter.text

    def test_reads_on_the_account_that_it_was_told_and_not_asked(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        sent(signed_in.ask(partner.application))
        text = main_text(signed_in.get(f"/account/services/{partner.application.slug}"))
        assert "We told you on" in text
        assert "You were not asked: the law gives Riverside Trust this work." in text
        assert "You agreed on" not in text

    def test_has_it_on_record_as_told_by_us_and_agreed_to_by_nobody(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        sent(signed_in.ask(partner.application))
        event = AuditEvent.objects.get(event="account:consent:told")
        assert (event.object_id, event.actor_kind) == (str(current().pk), "system")
        assert not AuditEvent.objects.filter(event="account:consent:granted").exists()

    def test_signs_in_first(self, resident: Resident, partner: Partner, account: Account) -> None:
        page = resident.ask(partner.application)
        assert path(page) == "/sign-in"
        assert "code" in sent(resident.password(page, account))
        assert mails() == 1

    def test_is_let_in_on_a_device_that_they_confirmed(self, account: Account) -> None:
        device = Device.asks(own(maker()))
        resident = Resident()
        resident.sign_in(account)
        assert heading(let_in(resident, device)) == LET_IN
        assert current().kind == "told"


class TestAgain:
    """Told again is whoever."""

    def test_is_asked_for_more(self, signed_in: Resident, partner: Partner) -> None:
        sent(signed_in.ask(partner.application, scope="openid"))
        sent(signed_in.ask(partner.application, scope="openid email"))
        assert (mails(), current().scopes) == (2, ["email", "openid"])

    def test_was_told_a_year_ago(self, signed_in: Resident, partner: Partner) -> None:
        sent(signed_in.ask(partner.application))
        Consent.objects.update(expires_at=timezone.now())
        sent(signed_in.ask(partner.application))
        assert mails() == 2

    def test_was_told_of_other_terms(self, signed_in: Resident, partner: Partner) -> None:
        sent(signed_in.ask(partner.application))
        told = Told(purpose="To send you bills")
        changing.tell(application=partner.application, scope="email", told=told, by=OPERATOR)
        sent(signed_in.ask(partner.application))
        assert (mails(), current().terms["email"]) == (2, 2)

    def test_was_told_of_another_name(self, signed_in: Resident, partner: Partner) -> None:
        sent(signed_in.ask(partner.application))
        Application.objects.update(name="Local Tax")
        sent(signed_in.ask(partner.application))
        assert (mails(), current().application_name) == (2, "Local Tax")

    def test_agreed_before_it_was_the_councils_to_tell(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        factories.consent(account, partner.application, scopes=["openid"])
        sent(signed_in.ask(partner.application))
        assert (mails(), current().kind) == (1, "told")


Change = Callable[[Partner, Account], object]
EXCEPT: dict[str, Change] = {
    "an application that does not say so": lambda partner, _: mark(partner, skips_sharing=False),
    "another organisation's": lambda *_: Organisation.objects.update(is_council=False),
    "a program that registered itself": lambda partner, _: mark(
        partner,
        initial_access_token=allowed(partner),
    ),
    "a sensitive one": lambda partner, _: mark(partner, is_sensitive=True),
    "one that its user hid": lambda partner, account: account.hidden_services.create(
        application=partner.application
    ),
    "a detail on another basis": lambda partner, _: partner.application.scopes.filter(
        scope="email"
    ).update(lawful_basis="legal_obligation"),
    "a detail by choice": lambda partner, _: partner.application.scopes.filter(
        scope="email"
    ).update(lawful_basis="consent"),
    "somebody whom no mail reaches": lambda _, account: EmailAddress.objects.filter(
        account=account
    ).update(unsafe_since=timezone.now()),
    "somebody who stopped it before": lambda partner, account: factories.consent(
        account, partner.application, withdrawn_at=timezone.now()
    ),
    "somebody who kept it back before": lambda partner, account: factories.consent(
        account,
        partner.application,
        scopes=["openid"],
        declined_scopes=["email"],
        declined_claims=["email", "email_verified"],
        expires_at=timezone.now(),
    ),
}


def allowed(partner: Partner) -> InitialAccessToken:
    return InitialAccessToken.objects.create(
        organisation=partner.application.organisation,
        most_applications=1,
        expires_at=timezone.now(),
    )


def mark(partner: Partner, **columns: object) -> None:
    Application.objects.filter(pk=partner.application.pk).update(**columns)


class TestAskedAllTheSame:
    """The sharing page comes all the same."""

    @pytest.mark.parametrize("why", EXCEPT)
    def test_for(self, signed_in: Resident, partner: Partner, account: Account, why: str) -> None:
        EXCEPT[why](partner, account)
        page = signed_in.ask(partner.application)
        assert (path(page), heading(page)) == ("/consent", SHARING)
        assert (mails(), Consent.objects.filter(kind="told").count()) == (0, 0)

    def test_where_the_service_wants_it(self, signed_in: Resident, partner: Partner) -> None:
        page = signed_in.ask(partner.application, prompt="consent")
        assert heading(page) == SHARING
        assert "code" in sent(signed_in.press(page, "share"))
        assert (mails(), current().kind) == (0, "agreed")

    def test_for_a_claim_by_name_on_another_basis(
        self, signed_in: Resident, partner: Partner
    ) -> None:
        partner.application.scopes.filter(scope="email").update(lawful_basis="consent")
        claims = asking({"email": None})
        page = signed_in.ask(partner.application, scope="openid", claims=claims)
        assert heading(page) == SHARING
        assert "code" in sent(signed_in.ask(partner.application, scope="openid profile"))

    def test_after_it_was_stopped_on_the_account(
        self, signed_in: Resident, partner: Partner, account: Account
    ) -> None:
        sent(signed_in.ask(partner.application))
        consents.withdraw(account=account, application=partner.application, by=SYSTEM)
        silent = sent(signed_in.ask(partner.application, prompt="none"))
        assert silent["error"] == "login_required"
        again = signed_in.press(signed_in.ask(partner.application), "continue")
        assert heading(again) == SHARING
        assert mails() == 1


class TestSilently:
    """With prompt=none nobody is told, and so nothing is shared that was not before."""

    def test_nothing_comes_about(self, signed_in: Resident, partner: Partner) -> None:
        answer = sent(signed_in.ask(partner.application, prompt="none"))
        assert answer["error"] == "consent_required"
        assert (mails(), Consent.objects.count()) == (0, 0)

    def test_what_was_told_is_covered(self, signed_in: Resident, partner: Partner) -> None:
        sent(signed_in.ask(partner.application))
        assert "code" in sent(signed_in.ask(partner.application, prompt="none"))


class TestAtTheSameMoment:
    """What changed since the step was decided."""

    @pytest.fixture
    def row(self, signed_in: Resident, partner: Partner, account: Account) -> AuthorizationRequest:
        """Return a request of somebody who is about to be told."""
        del account
        signed_in.ask(partner.application, prompt="consent")
        return AuthorizationRequest.objects.get()

    def tell(self, row: AuthorizationRequest, account: Account) -> None:
        scopes, claims = ["openid"], set[str]()
        session = account.sessions.get()
        shown = Shown(row.application.name, row.application.organisation.name)
        consents.tell(
            request=row, session=session, scopes=scopes, claims=claims, shown=shown, by=SYSTEM
        )

    def test_a_stop_wins(self, row: AuthorizationRequest, account: Account) -> None:
        factories.consent(account, row.application, withdrawn_at=timezone.now())
        self.tell(row, account)
        assert (mails(), Consent.objects.filter(kind="told").count()) == (0, 0)

    def test_a_block_wins(self, row: AuthorizationRequest, account: Account) -> None:
        Block.objects.create(account=account, application=row.application)
        self.tell(row, account)
        assert (mails(), Consent.objects.count()) == (0, 0)

    def test_another_tab_that_was_first_leaves_nothing_to_tell(
        self, row: AuthorizationRequest, account: Account
    ) -> None:
        self.tell(row, account)
        self.tell(row, account)
        assert (mails(), Consent.objects.count()) == (1, 1)
