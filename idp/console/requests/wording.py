"""Words of requests for a second person, for staff."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.console.requests.rules import Evidence, Ground, Reason, Refusal
from idp.models import StaffRequest


@dataclass(frozen=True)
class Words:
    """What is asked for, what comes of it, and what the account's owner notices."""

    name: Promise
    what: Promise
    notices: Promise


OF_TWO: Final[dict[str, Words]] = {
    StaffRequest.Act.RESET_WAYS: Words(
        name=_("Replace every way to sign in"),
        what=_(
            "For somebody who has lost them all. A support lead has to agree. Then a wait of a day "
            "begins, after which the person alone chooses new ways: with the link that we mail, "
            "and a code that you give them while they wait."
        ),
        notices=_(
            "When the wait begins, halfway and at its end, every safe email address of the account "
            "gets a link that stops it."
        ),
    ),
    StaffRequest.Act.CHANGE_EMAIL: Words(
        name=_("Change the main email address"),
        what=_(
            "For somebody who cannot read the old one any more, nor reach their account page. A "
            "support lead has to agree. Then a wait begins, of a day if they stood at a counter, "
            "else of three. The person alone confirms the new address, by the link that we mail "
            "there. You never see that link."
        ),
        notices=_(
            "When the wait begins and halfway, every safe email address of the account gets a link "
            "that stops it. After the change, the old address can freeze the account for a week."
        ),
    ),
    StaffRequest.Act.APPEAL: Words(
        name=_("Appeal against suspending the account"),
        what=_(
            "A support lead who did not suspend it looks at it again, and gives it back or not."
        ),
        notices=_("An email tells them what was decided."),
    ),
}
OUTCOMES: Final[dict[str, Promise]] = {
    "": _("Waits"),
    StaffRequest.Outcome.AGREED: _("Agreed"),
    StaffRequest.Outcome.REFUSED: _("Refused"),
    StaffRequest.Outcome.WITHDRAWN: _("Taken back"),
    StaffRequest.Outcome.LAPSED: _("Over, without an answer"),
}
EVIDENCE: Final[dict[str, Promise]] = {
    Evidence.PASSPORT: _("Their passport"),
    Evidence.DRIVING_LICENCE: _("Their driving licence"),
    Evidence.OTHER_PHOTO_CARD: _("Another card with a photo of them"),
    Evidence.BIRTH_OR_MARRIAGE: _("A birth, marriage or name certificate"),
    Evidence.COUNCIL_LETTER: _("A letter from the council"),
    Evidence.BILL_OR_BANK: _("A bill or bank statement with their address"),
    Evidence.KNOWN_TO_OFFICER: _("An officer of the council knows them in person"),
    Evidence.ACCOUNT_CODE: _("They read out a code from their account page"),
    Evidence.CALLED_BACK: _("They answered when we rang the number on the account"),
}
GROUNDS: Final[dict[str, Promise]] = {
    Ground.TAKEN_OVER: _("Somebody else seems to use it"),
    Ground.MISUSE: _("It is used to harm others, or our services"),
    Ground.COURT_OR_POLICE: _("A court or the police ask for it"),
    Ground.NOT_REAL: _("The person does not seem to exist"),
}
RESET_CHOICES: Final[dict[str, Promise]] = {
    Reason.CHECKED: _("Yes: I asked my colleague how they know the person, and am satisfied"),
    Reason.NOT_SURE: _("No: it is not sure enough who it is"),
    Reason.OTHER_WAY: _("No: the person has another way back in"),
    Reason.PRESSED: _("No: somebody may be pressing them, or talking for them"),
}
APPEAL_CHOICES: Final[dict[str, Promise]] = {
    Reason.MISTAKE: _("Give the account back: suspending it was a mistake"),
    Reason.SETTLED: _("Give the account back: what it was suspended for is settled"),
    Reason.STILL_RISK: _("It stays suspended: the risk is still there"),
    Reason.NOT_SURE: _("It stays suspended: it is not sure enough who asks"),
}
REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.DECIDED: _("Somebody else has decided this already. Nothing more was done."),
    Refusal.EXPIRED: _("This was asked for more than a week ago. It has to be asked for again."),
    Refusal.ASKER_STOPPED: _(
        "Whoever asked for this does not help residents any more. A colleague has to ask again."
    ),
    Refusal.ASKER_MAY_NOT_LOOK: _(
        "Whoever asked for this may not look at this account: it is their own, or a colleague’s. "
        "Somebody else has to ask again."
    ),
    Refusal.OWN_REQUEST: _("You asked for this yourself. It needs somebody else."),
    Refusal.SAME_PERSON: _("Your account may be the same person’s as the one that asked for this."),
    Refusal.OWN_RECORD: _("This is your own account as a resident. It needs somebody else."),
    Refusal.OWN_DECISION: _("You suspended this account. Somebody else looks at it now."),
    Refusal.ASKED_ALREADY: _("This is asked for already, and waits for a second person."),
    Refusal.OTHERS_THERE: _(
        "Somebody else is on the call. Ring the person back on their own phone first, or see them "
        "at a counter."
    ),
    Refusal.NOT_SUSPENDED: _("The account is not suspended: there is nothing to appeal against."),
    Refusal.NO_MAILBOX: _("The account has no safe email address that links could go to."),
    Refusal.PROTECTED: _(
        "The account is protected: only a lead who is named for it asks for this, and another one "
        "who is named agrees."
    ),
    Refusal.SAME_ADDRESS: _("The account has this address already. Choose another act."),
    Refusal.STAFF_ADDRESS: _(
        "This address is of somebody of the staff, or of an account of theirs. It cannot be used."
    ),
    Refusal.NOT_ACTIVE: _("The account is frozen, suspended or closed. Look at that first."),
    Refusal.HELD: _(
        "Somebody got back into the account a short while ago. Its addresses stay as they are for "
        "two days after that."
    ),
    Refusal.STALE: _(
        "The addresses of the account have changed since this was asked for. Ask the person again."
    ),
    Refusal.NOT_POSSIBLE: _(
        "It is suspended or closed, or somebody gets back in already. Look at it first."
    ),
}
