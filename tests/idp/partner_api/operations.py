"""Every operation of the API, what it takes, and where it finds something to do."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from jwt.algorithms import ECAlgorithm

from accounts.audit.actor import OPERATOR
from clients.approval import operations as submissions
from clients.approval.logo import operations as logos
from clients.models import Application, Member, SecretLeak
from clients.organisations.inviting import operations as inviting
from clients.organisations.members.rules import Permission
from clients.organisations.proving import operations as proving
from clients.test_residents import operations as test_residents
from idp.models import Delivery
from tests import factories
from tests.clients.approval import rounds
from tests.clients.pictures import picture
from tests.factories.streams import event_stream, known_account, security_event
from tests.idp.partner_api.caller import WHOLE
from tests.idp.portal.going_live import steps

_KEY = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()).public_key())
JWKS: Final = {"keys": [{**json.loads(_KEY), "kid": "one", "alg": "ES256"}]}
KEYS_URI: Final = "https://parking.example.org/jwks"
HELP_CODE: Final = "CDFG-3467"
INVITED: Final = {"address": "eve@riverside.example.org", "role": "developer"}
DOMAIN: Final = {"kind": "domain", "value": "riverside-trust.org.uk"}
PICTURE: Final = picture()
_AS_KEYS: Final = {"token_endpoint_auth_method": "private_key_jwt"}
_SEE, _CHANGE = Permission.SEE, Permission.CHANGE_APPLICATIONS
_PEOPLE, _MANAGE = Permission.MANAGE_MEMBERS, Permission.MANAGE_ORGANISATION
_HANDLE, _USE, _ASK = (
    Permission.HANDLE_CREDENTIALS,
    Permission.USE_TEST_RESIDENTS,
    Permission.ASK_TO_GO_LIVE,
)
Names = dict[str, Any]


def _named(application: Application) -> Names:
    return {"application": application.slug}


def _with_secret(application: Application) -> Names:
    factories.client_secret(application)
    return {**_named(application), "number": application.secrets.get().pk}


def _with_keys(application: Application) -> Names:
    for name, value in {**_AS_KEYS, "jwks": JWKS}.items():
        setattr(application, name, value)
    application.save()
    return _named(application)


def _with_address_of_keys(application: Application) -> Names:
    for name, value in {**_AS_KEYS, "jwks_uri": KEYS_URI}.items():
        setattr(application, name, value)
    application.save()
    return _named(application)


def _with_leak(application: Application) -> Names:
    row = SecretLeak.objects.create(
        application=application,
        reported_by=rounds.owner(application),
        suspected_since=timezone.now(),
        residents=0,
    )
    return {**_named(application), "number": row.pk}


def _with_test_residents(application: Application) -> Names:
    rows = test_residents.make_all(organisation=application.organisation, by=OPERATOR)
    return {**_named(application), "number": rows[0].pk}


def _with_request(application: Application) -> Names:
    application.trail.create(
        endpoint="token",
        duration=1200,
        status=400,
        outcome="invalid_grant",
        reason="wrong_code_verifier",
        parameter="code_verifier",
        section="RFC 7636 §4.6",
        help_code=HELP_CODE,
        is_authenticated=True,
    )
    return {**_named(application), "help_code": HELP_CODE}


def _with_delivery(application: Application) -> Names:
    row = Delivery.objects.create(
        application=application,
        sid="s" * 43,
        subject="t" * 43,
        state=Delivery.State.REFUSED,
        last_status=500,
        expires_at=timezone.now() + timedelta(hours=1),
    )
    return {**_named(application), "number": row.pk}


def _with_event(application: Application) -> Names:
    event_stream(application)
    account = factories.account("event@example.org")
    known_account(account, application)
    row = security_event(account)
    row.state = row.State.DELIVERED
    row.save(update_fields=["state"])
    return {**_named(application), "number": row.pk}


def _with_draft(application: Application) -> Names:
    rounds.drafted(application)
    steps.shown_all(application)
    return _named(application)


def _submitted(application: Application) -> Names:
    rounds.submitted(application)
    return _named(application)


def _approved(application: Application) -> Names:
    rounds.approved(application)
    return _named(application)


def live_one(application: Application) -> Names:
    """Give the application a live one that came of it."""
    row = factories.application(of=application.organisation, made_from=application)
    return {"application": row.slug}


@dataclass(frozen=True)
class Operation:
    """One operation; `prepare` returns what stands in its address."""

    method: str
    path: str
    permission: Permission = _SEE
    body: object = None
    prepare: Callable[[Application], Names] = _named
    good: int = 200

    def address(self, names: Names) -> str:
        """Return its address beneath the organisation's."""
        return self.path.format(**names)


def _with_proposed_logo(application: Application) -> Names:
    names = live_one(application)
    live = Application.objects.get(slug=names["application"])
    logos.propose(application=live, file=PICTURE, by=OPERATOR)
    return names


def _with_member(application: Application) -> Names:
    account = factories.account()
    organisation = application.organisation
    row = factories.member(account, of=organisation, role=Member.Role.DEVELOPER)
    return {"number": row.pk}


def _with_invitation(application: Application) -> Names:
    row = inviting.invite(
        organisation=application.organisation,
        address="ben@riverside.example.org",
        role=Member.Role.VIEWER,
        inviter=rounds.owner(application),
        by=OPERATOR,
    )
    return {"number": row.pk}


def _with_proof(application: Application) -> Names:
    row = proving.give(
        organisation=application.organisation,
        kind="domain",
        value="riverside-trust.org.uk",
        by=OPERATOR,
    )
    return {"number": row.pk}


def _with_history(application: Application) -> Names:
    submissions.draft(application=application, by=OPERATOR)
    return _named(application)


_ONE = "/applications/{application}"
_LIVE = f"{_ONE}/live"
_END = {"day": "2027-11-30", "where_to_go": "Ring 020 7946 0000"}
OPERATIONS: Final[dict[str, Operation]] = {
    "show_organisation": Operation("GET", ""),
    "list_members": Operation("GET", "/members"),
    "list_notices": Operation("GET", "/notices"),
    "list_history": Operation("GET", "/history", prepare=_with_history),
    "change_role": Operation(
        "PATCH", "/members/{number}", _PEOPLE, {"role": "viewer"}, prepare=_with_member
    ),
    "remove_member": Operation(
        "DELETE", "/members/{number}", _PEOPLE, prepare=_with_member, good=204
    ),
    "list_invitations": Operation("GET", "/invitations", _PEOPLE, prepare=_with_invitation),
    "invite_member": Operation("POST", "/invitations", _PEOPLE, INVITED, good=201),
    "send_invitation_again": Operation(
        "POST", "/invitations/{number}/again", _PEOPLE, prepare=_with_invitation
    ),
    "cancel_invitation": Operation(
        "DELETE", "/invitations/{number}", _PEOPLE, prepare=_with_invitation, good=204
    ),
    "list_proofs": Operation("GET", "/proofs", prepare=_with_proof),
    "give_proof": Operation("POST", "/proofs", _MANAGE, DOMAIN, good=201),
    "show_proof": Operation("GET", "/proofs/{number}", _MANAGE, prepare=_with_proof),
    "check_proof": Operation("POST", "/proofs/{number}/check", _MANAGE, prepare=_with_proof),
    "remove_proof": Operation("DELETE", "/proofs/{number}", _MANAGE, prepare=_with_proof, good=204),
    "list_test_residents": Operation("GET", "/test-residents", prepare=_with_test_residents),
    "make_test_residents": Operation("POST", "/test-residents", _USE),
    "show_test_resident": Operation(
        "GET", "/test-residents/{number}", _USE, prepare=_with_test_residents
    ),
    "renew_test_resident": Operation(
        "POST", "/test-residents/{number}/renew", _USE, prepare=_with_test_residents
    ),
    "put_test_resident_back": Operation(
        "POST", "/test-residents/{number}/put-back", _USE, prepare=_with_test_residents
    ),
    "list_applications": Operation("GET", "/applications"),
    "show_application": Operation("GET", _ONE),
    "declare_application": Operation("PUT", _ONE, _CHANGE, WHOLE),
    "close_application": Operation("DELETE", _ONE, _CHANGE, good=204),
    "give_logo": Operation("PUT", f"{_ONE}/logo", _CHANGE, PICTURE),
    "remove_logo": Operation("DELETE", f"{_ONE}/logo", _CHANGE, good=204),
    "list_credentials": Operation("GET", f"{_ONE}/credentials", prepare=_with_secret),
    "make_secret": Operation(
        "POST", f"{_ONE}/credentials/secrets", _HANDLE, {"days": 30, "after": 0}, good=201
    ),
    "end_secret": Operation(
        "DELETE",
        f"{_ONE}/credentials/secrets/{{number}}",
        _HANDLE,
        prepare=_with_secret,
        good=204,
    ),
    "give_keys": Operation("PUT", f"{_ONE}/credentials/keys", _HANDLE, {"jwks": JWKS}),
    "check_keys": Operation(
        "POST", f"{_ONE}/credentials/keys/check", _HANDLE, prepare=_with_address_of_keys
    ),
    "use_secret": Operation(
        "POST", f"{_ONE}/credentials/use-secret", _HANDLE, prepare=_with_keys, good=201
    ),
    "report_leak": Operation("POST", f"{_ONE}/leaks", _HANDLE, {"since": "day"}, good=201),
    "show_leak": Operation("GET", f"{_ONE}/leaks/{{number}}", prepare=_with_leak),
    "count_old_user_ids": Operation("GET", f"{_ONE}/old-user-ids"),
    "register_old_user_ids": Operation(
        "PUT", f"{_ONE}/old-user-ids", _CHANGE, {"ids": ["ann.1970"]}
    ),
    "delete_old_user_ids": Operation("DELETE", f"{_ONE}/old-user-ids", _CHANGE),
    "list_requests": Operation("GET", f"{_ONE}/requests", prepare=_with_request),
    "show_request": Operation("GET", f"{_ONE}/requests/{{help_code}}", prepare=_with_request),
    "show_figures": Operation("GET", f"{_ONE}/figures", prepare=_with_request),
    "download_figures": Operation("GET", f"{_ONE}/figures.csv", prepare=_with_request),
    "list_deliveries": Operation("GET", f"{_ONE}/deliveries", prepare=_with_delivery),
    "send_delivery_again": Operation(
        "POST", f"{_ONE}/deliveries/{{number}}/again", _CHANGE, prepare=_with_delivery, good=202
    ),
    "list_events": Operation("GET", f"{_ONE}/events", prepare=_with_event),
    "send_event_again": Operation(
        "POST", f"{_ONE}/events/{{number}}/again", _CHANGE, prepare=_with_event, good=202
    ),
    "show_going_live": Operation("GET", _LIVE, prepare=_submitted),
    "change_draft": Operation(
        "PATCH", f"{_LIVE}/draft", _CHANGE, {"redirect_uris": [rounds.LIVE_ADDRESS]}
    ),
    "leave_logo": Operation(
        "DELETE", f"{_LIVE}/draft/logo", _CHANGE, prepare=_with_proposed_logo, good=204
    ),
    "follow_sandbox": Operation("POST", f"{_LIVE}/follow", _CHANGE, prepare=live_one),
    "read_privacy_notice": Operation("POST", f"{_LIVE}/notice", _CHANGE, prepare=_with_draft),
    "submit": Operation("POST", f"{_LIVE}/submit", _ASK, prepare=_with_draft),
    "take_back": Operation("POST", f"{_LIVE}/take-back", _ASK, prepare=_submitted),
    "withdraw": Operation("POST", f"{_LIVE}/withdraw", _ASK, prepare=_submitted),
    "comment": Operation(
        "POST", f"{_LIVE}/comments", _CHANGE, {"text": "Hello"}, prepare=_submitted, good=201
    ),
    "take_credentials": Operation("POST", f"{_LIVE}/credentials", _ASK, None, _approved, 201),
    "announce_end": Operation("PUT", f"{_LIVE}/end", _ASK, _END, prepare=live_one),
    "take_end_back": Operation("DELETE", f"{_LIVE}/end", _ASK, prepare=live_one, good=204),
}
