"""Approvals in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clients.applications.pages.wording import PROFILES as PROFILE_NAMES
from clients.approval.privacy_notice.operations import NONE, OK, REDIRECT, UNREACHABLE
from clients.approval.retiring.rules import RetirementProblem
from clients.approval.rules import MOST_COMMENTS, Item, Mark, Refusal
from clients.approval.signing.rules import Aside
from clients.models import Application, SignOff, Submission

State = Submission.State

# The organisation learns that the council says it, not who of its people does.
OF_COUNCIL: Final = _("The council")
STATES: Final[dict[str, Promise]] = {
    State.DRAFT: _("Draft"),
    State.SUBMITTED: _("With the council"),
    State.APPROVED: _("Approved"),
    State.LIVE: _("Done"),
    State.REFUSED: _("Refused"),
    State.WITHDRAWN: _("Withdrawn"),
}
KINDS: Final[dict[str, Promise]] = {
    SignOff.Kind.SERVICE: _("Service owner"),
    SignOff.Kind.INFORMATION_GOVERNANCE: _("Information governance"),
}
DECISIONS: Final[dict[str, Promise]] = {
    SignOff.Decision.APPROVED: _("approved"),
    SignOff.Decision.REFUSED: _("refused"),
}
DECIDED: Final[dict[str, Promise]] = {
    SignOff.Decision.APPROVED: _("Approved"),
    SignOff.Decision.REFUSED: _("Refused"),
}
# For whoever decides whether the one that was chosen is the right one.
PROFILES: Final[dict[str, tuple[Promise, Promise]]] = {
    Application.Profile.STANDARD: (
        PROFILE_NAMES[Application.Profile.STANDARD],
        _("Not for services that pay out money or hand out health data: those need the high one."),
    ),
    Application.Profile.HIGH: (
        PROFILE_NAMES[Application.Profile.HIGH],
        _("For services that pay out money or hand out health data. It is never weakened."),
    ),
}
MARKS: Final[dict[Mark, Promise]] = {
    Mark.DONE: _("Completed"),
    Mark.MISSING: _("Not yet started"),
    Mark.PROBLEM: _("There is a problem"),
    Mark.NOT_NEEDED: _("Not needed"),
}
ITEMS: Final[dict[Item, Promise]] = {
    Item.OWNERS: _("Two owners"),
    Item.PROOF: _("Proof of who your organisation is"),
    Item.ADDRESSES: _("Redirect URIs"),
    Item.KEYS: _("Public keys of its own"),
    Item.CERTIFICATE: _("The name in its certificate"),
    Item.NOTICE: _("Privacy notice"),
    Item.CONTACTS: _("Contacts"),
    Item.SCOPES: _("Why it asks for each scope, and how long it keeps the details"),
    Item.AGREEMENT: _("Data sharing agreement"),
    Item.SIGN_IN: _("A sign-in with PKCE and a nonce"),
    Item.REFUSAL: _("Going on after access_denied"),
    Item.KEY_ROTATION: _("A sign-in after our signing key changed"),
    Item.LOGOUT: _("A logout token answered with 200"),
}
HOW: Final[dict[Item, Promise]] = {
    Item.OWNERS: _(
        "Make another member an owner. If yours is a small organisation, ask the council to be "
        "the second."
    ),
    Item.PROOF: _("Prove a domain, or give your charity or company number."),
    Item.ADDRESSES: _("Where residents come back to after signing in, each with https."),
    Item.KEYS: _("Its public keys, other ones than those of the sandbox."),
    Item.CERTIFICATE: _("By which name in its certificate we know the live application."),
    Item.NOTICE: _("Its address. We read it, and that counts for 30 days."),
    Item.CONTACTS: _("Whom the council can ask about it."),
    Item.SCOPES: _("At each scope of the sandbox application."),
    Item.AGREEMENT: _("Its reference and last day, 30 days from now or later."),
    Item.SIGN_IN: _(
        "Sign in to the sandbox as a test resident. The request must bring code_challenge and "
        "nonce (RFC 7636, OpenID Connect Core section 3.1.2.1)."
    ),
    Item.REFUSAL: _(
        "Sign in as a test resident, choose not to share, and sign in again: we look for a "
        "sign-in after an access_denied (RFC 6749 section 4.1.2.1)."
    ),
    Item.KEY_ROTATION: _(
        "Sign in again, and call userinfo: our key changed, and your library must fetch the new "
        "one from the JWKS (OpenID Connect Core section 10.1.1)."
    ),
    Item.LOGOUT: _(
        "Sign out as a test resident. Your backchannel_logout_uri must answer with 200 "
        "(OpenID Connect Back-Channel Logout section 2.8)."
    ),
}
HOW_TO_MEND: Final[dict[Item, Promise]] = {
    Item.ADDRESSES: _("An address is not fit for residents any more."),
    Item.KEYS: _("They are the sandbox’s keys, or no longer fit."),
    Item.CERTIFICATE: _("That name is not fit: give it anew."),
    Item.NOTICE: _(
        "We could not read it, or not for 30 days. Save its address again. If it opens in a "
        "browser all the same, ask the council: one of its people can read it there instead."
    ),
    Item.AGREEMENT: _("It must have a reference, and last for 30 days from now or longer."),
}
NOTICES: Final[dict[str, Promise]] = {
    OK: _("We could read the privacy notice."),
    NONE: _("Give the address of a privacy notice first."),
    REDIRECT: _("The privacy notice leads on to another address: give that one."),
    UNREACHABLE: _(
        "We could not read the privacy notice: is it on the public internet? If a browser opens "
        "it, ask the council to read it there."
    ),
}
REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.MAY_NOT: _("You may not answer for the council any more"),
    Refusal.NOT_WAITING: _("It does not wait for an answer any more"),
    Refusal.CHANGED: _("It was changed after you looked at it: look at it again, then answer"),
    Refusal.OWN_ORGANISATION: _(
        "You are a member of this organisation, or were when it asked: somebody else answers"
    ),
    Refusal.ASKED_FOR_IT: _("You sent this to the council: somebody else answers"),
    Refusal.SAME_PERSON: _("You have answered already: the other answer is another person’s"),
    Refusal.ALREADY_DECIDED: _("Somebody else has given this answer meanwhile"),
    Refusal.REASON_MISSING: _("Say why you refuse it"),
}
# For the council alone: an organisation reads that a sign-off counts no more.
ASIDES: Final[dict[Aside, Promise]] = {
    Aside.ACCOUNT_STOPPED: _(
        "Set aside: the account of whoever gave it was frozen, suspended or closed"
    ),
    Aside.ROLE_TAKEN: _("Set aside: whoever gave it is no approver any more"),
    Aside.OWN_ORGANISATION: _(
        "Set aside: whoever gave it is a member of the organisation by now, or was meanwhile"
    ),
    Aside.ASKED_FOR_IT: _("Set aside: whoever gave it sent this to the council"),
    Aside.SAME_PERSON: _("Set aside: whoever gave it gave the other answer too"),
}
RETIREMENT_PROBLEMS: Final[dict[RetirementProblem, Promise]] = {
    RetirementProblem.NOT_LIVE: _("Only a live application that has not ended can end"),
    RetirementProblem.TOO_SOON: _("The day must be 14 days from now or later"),
    RetirementProblem.TOO_LATE: _("The day must be within 2 years"),
    RetirementProblem.NOWHERE_TO_GO: _("Say where residents can go instead"),
    RetirementProblem.TEXT_UNFIT: _(
        "Say it in 500 characters or fewer, on one line, with none that cannot be seen"
    ),
}


def counts_no_more(decision: str) -> str:
    """Return what was decided, by a sign-off that was set aside."""
    return gettext("{decision}, which counts no more").format(decision=DECISIONS[decision])


def too_many_comments() -> str:
    """Return why there is no room for another comment of this side."""
    return gettext(
        "Your side has written {most} comments on this, and there is no room for more. Say the "
        "rest by email or phone"
    ).format(most=MOST_COMMENTS)


def notice_answer(answer: str) -> str:
    """Return what came of asking for a privacy notice."""
    _status, is_status, number = answer.partition("status_")
    if is_status:
        return gettext(
            "The privacy notice’s address answers with {status}, not 200. If a browser opens it, "
            "ask the council to read it there."
        ).format(status=number)
    return str(NOTICES[answer])
