"""Events of an organisation and its applications in words, and those left out."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.audit.events import Event

# {application} and {member} are names; {role} and {why} stand in lists of words.
TOLD: Final[dict[str, Promise]] = {
    Event.AGREEMENT_END_TOLD: _("{application}: told that the data sharing agreement ends soon"),
    Event.APPLICATION_CHANGED: _("{application}: changed"),
    Event.APPLICATION_CLOSED: _("{application}: closed for good"),
    Event.APPLICATION_CREATED: _("{application}: created"),
    Event.APPLICATION_REINSTATED: _("{application}: no longer suspended"),
    Event.APPLICATION_RETIRED: _("{application}: retired"),
    Event.APPLICATION_SUSPENDED: _("{application}: suspended"),
    Event.APPLICATION_WENT_LIVE: _("{application}: went live"),
    Event.DELIVERY_SENT_AGAIN: _("{application}: a sign-out was sent again"),
    Event.CLIENT_SECRET_ENDED: _("{application}: a secret ended"),
    Event.CLIENT_SECRET_ISSUED: _("{application}: a secret was made"),
    Event.CLIENT_SECRET_LEAKED: _("{application}: a secret was said to have leaked"),
    Event.LEAK_ANSWERED: _("{application}: the council closed the case of a leaked secret"),
    Event.CLIENT_SECRET_REMINDED: _("{application}: told that a secret ends soon"),
    Event.CLIENT_SECRET_ROTATED: _("{application}: the secret was replaced"),
    Event.EVENT_STREAM_CHANGED: _("{application}: event stream changed"),
    Event.EVENT_STREAM_CREATED: _("{application}: event stream created"),
    Event.EVENT_STREAM_ENDED: _("{application}: event stream ended"),
    Event.EVENT_STREAM_REPLAYED: _("{application}: events sent again"),
    Event.OLD_USER_IDS_DELETED: _("{application}: old user IDs deleted"),
    Event.OLD_USER_IDS_REGISTERED: _("{application}: old user IDs registered"),
    Event.PRIVACY_NOTICE_READ: _(
        "{application}: somebody of the council read the privacy notice in a browser"
    ),
    Event.REVIEW_OVERRIDDEN: _("{application}: changed at once, before two people approved. {why}"),
    Event.RETIREMENT_SET: _("{application}: a day to retire was set"),
    Event.RETIREMENT_TOLD: _("{application}: residents were told that it retires"),
    Event.RETIREMENT_TAKEN_BACK: _("{application}: is not to retire after all"),
    Event.SIGN_OFF_SET_ASIDE: _(
        "{application}: a sign-off counts no more, and somebody else must give it"
    ),
    Event.SUBMISSION_APPROVED: _("{application}: approved"),
    Event.SUBMISSION_CHANGED: _("{application}: what was submitted was changed"),
    Event.SUBMISSION_COMMENTED: _("{application}: comment on what was submitted"),
    Event.SUBMISSION_REFUSED: _("{application}: not approved"),
    Event.SUBMISSION_SIGNED_OFF: _("{application}: one of two sign-offs"),
    Event.SUBMISSION_SUBMITTED: _("{application}: submitted for approval"),
    Event.SUBMISSION_TAKEN_BACK: _("{application}: an approval was taken back"),
    Event.SUBMISSION_WITHDRAWN: _("{application}: what was submitted was withdrawn"),
    Event.API_TOKEN_CREATED: _("Token made for programs"),
    Event.API_TOKEN_REVOKED: _("Token for programs revoked"),
    Event.COUNCIL_OWNER_ADDED: _("The council became the second owner"),
    Event.COUNCIL_OWNER_REMOVED: _("The council is an owner no longer"),
    Event.INITIAL_TOKEN_CREATED: _("Token made by which programs register applications"),
    Event.INITIAL_TOKEN_REVOKED: _("Token revoked by which programs register applications"),
    Event.INVITATION_CANCELLED: _("Invitation cancelled"),
    Event.INVITATION_RENEWED: _("Invitation sent again"),
    Event.INVITATION_SENT: _("Invitation sent, as: {role}"),
    Event.INVITATION_TAKEN: _("Invitation taken"),
    Event.MEMBER_ADDED: _("{member} became a member, as: {role}"),
    Event.MEMBER_LEFT: _("{member} left"),
    Event.MEMBER_REMOVED: _("{member} was removed"),
    Event.ORGANISATION_CREATED: _("Organisation created"),
    Event.ORGANISATION_REINSTATED: _("Organisation no longer suspended"),
    Event.ORGANISATION_SUSPENDED: _("Organisation suspended"),
    Event.OWNER_APPOINTED: _("{member} was made an owner by the council"),
    Event.PROOF_ACCEPTED: _("Proof of who the organisation is: checked"),
    Event.PROOF_GIVEN: _("Proof of who the organisation is: given"),
    Event.PROOF_LAPSED: _("Proof of who the organisation is: not found any more"),
    Event.PROOF_REFUSED: _("Proof of who the organisation is: not accepted"),
    Event.PROOF_REMOVED: _("Proof of who the organisation is: removed"),
    Event.RESOURCE_CREATED: _("API registered"),
    Event.TEST_RESIDENT_MADE: _("Test resident made"),
    Event.TEST_RESIDENT_PUT_BACK: _("Test resident put back to how it was"),
    Event.TEST_RESIDENT_RENEWED: _("Test resident given another password"),
    Event.ROLE_CHANGED: _("{member} has another role: {role}"),
}
# Why an operator did not wait for approvals.
WHY: Final[dict[str, Promise]] = {
    "outage": _("Residents could not use it as it was."),
    "safety": _("It was not safe as it was."),
    "law": _("The law or a court asked for it at once."),
}
# Of no use to members, of somebody else's doing, or about residents: the request trail tells of
# what applications did.
UNTOLD: Final = frozenset(
    {
        *(Event.CODE_REUSED, Event.DEVICE_CODE_REUSED, Event.REFRESH_TOKEN_REUSED),
        *(Event.STREAM_SUBJECT_ADDED, Event.STREAM_SUBJECT_REMOVED),
        *(Event.PRIVACY_NOTICE_ASKED, Event.ORGANISATION_ACCESS_REFUSED),
        Event.INVITATION_REFUSED,
    }
)
BY_COUNCIL: Final = _("The council")
BY_PROGRAM: Final = _("A program")
SOMEBODY: Final = _("Somebody")
