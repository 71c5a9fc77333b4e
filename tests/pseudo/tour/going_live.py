"""An application on its way to residents and to its end, and the council's answer."""

from datetime import timedelta

from django.utils import timezone

from accounts.assurance import Method
from accounts.audit.actor import OPERATOR, resident
from accounts.models import Account, StaffRole
from accounts.staffing.operations import revoke
from clients.applications.logo import operations as logos
from clients.approval import operations
from clients.approval.logo import operations as pictures
from clients.approval.retiring import operations as retiring
from clients.models import Application, Member, OrganisationProof, Submission
from idp.portal.going_live.forms import ASKED
from tests import factories
from tests.clients.approval import rounds
from tests.clients.pictures import picture
from tests.idp.portal.going_live.steps import approver_at, browser_of, page_of, sent, shown_all
from tests.protocol.resident import Resident
from tests.pseudo.catalogue import LANGUAGE
from tests.pseudo.looking import look
from tests.pseudo.tour.people import NAME

_WHERE = "Ńéẋť ďőőŕ"


def _sandbox() -> Application:
    sandbox = rounds.sandbox(name="Ƥáŕḱíńǵ", contacts=["Śáḿ"])
    sandbox.organisation.name = "Ťŕúšť"
    sandbox.organisation.save()
    OrganisationProof.objects.update(value="ŕíṽéŕ")
    sandbox.scopes.update(purpose="Ťő ƒíńď ẏőú", retention="Ó ẏéáŕ")
    Account.objects.update(full_name=NAME, language=LANGUAGE)
    return sandbox


def going_live() -> None:
    sandbox = _sandbox()
    owner = browser_of(rounds.owner(sandbox), Method.PASSKEY)
    asked = [page_of(sandbox, f"/draft/{part}") for part in ASKED if part != "keys"]
    look(owner.client, page_of(sandbox), *asked)
    sent(owner, asked[0], redirect_uris="http://x.example.org/cb")
    for page in asked:
        sent(owner, page)
    _with_keys()
    shown_all(sandbox)
    draft = rounds.drafted(sandbox)
    draft.agreement_reference = "Ďšá"
    draft.save()
    look(owner.client, page_of(sandbox), page_of(sandbox, "/comment"), page_of(sandbox, "/submit"))
    Submission.objects.update(notice_answer="unreachable")
    sent(owner, page_of(sandbox, "/submit"))
    Submission.objects.update(notice_answer="ok")
    sent(owner, page_of(sandbox, "/submit"))
    look(owner.client, page_of(sandbox))
    _answering(draft)
    for kind in ("service", "information_governance"):
        account = rounds.approver()
        # The others get a mail, as one who had signed is no approver any more.
        Account.objects.update(full_name=NAME, language=LANGUAGE)
        rounds.sign(draft, account, kind)
    look(owner.client, page_of(sandbox))
    sent(owner, page_of(sandbox, "/take-back"))
    sent(owner, page_of(sandbox, "/credentials"))


def _with_keys() -> None:
    """See what is asked of an application that authenticates by a key."""
    sandbox = rounds.sandbox(name="Ƥáŕḱíńǵ", token_endpoint_auth_method="private_key_jwt")
    account = rounds.owner(sandbox)
    Account.objects.filter(pk=account.pk).update(full_name=NAME, language=LANGUAGE)
    sandbox.organisation.name = "Ťŕúšť"
    sandbox.organisation.save()
    owner = browser_of(rounds.owner(sandbox))
    page = page_of(sandbox, "/draft/keys")
    look(owner.client, page)
    for typed in ("", "{", "{}"):
        sent(owner, page, jwks=typed)


def _answering(draft: Submission) -> None:
    account, gone = rounds.approver(), rounds.approver()
    people = Account.objects.filter(pk__in=[account.pk, gone.pk])
    people.update(full_name=NAME, language=LANGUAGE)
    rounds.sign(draft, gone, "service")
    revoke(account=gone, role=StaffRole.Role.APPROVER, by=OPERATOR)
    account.refresh_from_db()
    approver = approver_at(account)
    one = f"/approvals/{draft.pk}"
    look(approver.client, "/approvals", one, f"{one}/comment")
    approver.send(approver.client.get(one), "continue")
    approver.send(approver.client.get(f"{one}/comment"), "continue")


def nothing_waits() -> None:
    account = rounds.approver()
    Account.objects.filter(pk=account.pk).update(full_name=NAME, language=LANGUAGE)
    account.refresh_from_db()
    look(approver_at(account).client, "/approvals")


def ending() -> None:
    sandbox = _sandbox()
    live = rounds.sandbox(name="Ƥáŕḱíńǵ", environment="live", made_from=sandbox)
    live.organisation.name = "Ťŕúšť"
    live.organisation.save()
    OrganisationProof.objects.update(value="ŕíṽéŕ")
    live.scopes.update(purpose="Ťő ƒíńď ẏőú", retention="Ó ẏéáŕ")
    account = factories.account(full_name=NAME, language=LANGUAGE)
    factories.member(account, of=live.organisation, role=Member.Role.OWNER)
    owner = browser_of(account, Method.PASSKEY)
    logos.put(application=live, file=picture(), by=OPERATOR)
    operations.draft(application=live, by=resident(account))
    look(owner.client, page_of(live), page_of(live, "/end"), page_of(live, "/draft/logo"))
    pictures.propose(application=live, file=picture(size=(20, 20)), by=resident(account))
    look(owner.client, page_of(live, "/draft/logo"), page_of(live), page_of(live, "/submit"))
    sent(owner, page_of(live, "/end"), where_to_go="")
    day = timezone.localdate() + timedelta(days=30)
    retiring.announce(application=live, day=day, where_to_go=_WHERE, by=OPERATOR)
    look(owner.client, page_of(live))
    factories.consent(account, live)
    services = ("/account/services", f"/account/services/{live.slug}")
    look(owner.client, *services)
    Application.objects.filter(pk=live.pk).update(status="retired")
    look(owner.client, page_of(live), *services)
    stranger = Resident()
    stranger.client.cookies["django_language"] = LANGUAGE
    live.refresh_from_db()
    stranger.ask(live, ui_locales=LANGUAGE)


PARTS = (going_live, nothing_waits, ending)
