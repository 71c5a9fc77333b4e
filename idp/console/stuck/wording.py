"""Why somebody is stuck, what to do, and what to read out; for staff.

What is read out before the caller was checked is true of everybody who might call: it never
says that there is an account. Whoever merely named an address, a name or a reference hears the
same words whatever the cause: by any difference a stranger would learn what is a neighbour's.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.console.stuck.anybody import DONE_TO_ANYBODY, TO_ANYBODY
from idp.console.stuck.rules import Cause, Next


@dataclass(frozen=True)
class Words:
    """One cause in a sentence, what staff do about it, and what they read out."""

    cause: Promise
    do: Promise
    say: Promise


NEXT: Final[dict[Next, Promise]] = {
    Next.SEND_AGAIN: _("Send the email again"),
    Next.LIFT_LIMITS: _("Let them try again now"),
    Next.START_RECOVERY: _("Email the ways to get back in"),
}
# Instead of what to do next, once it is done.
STAY: Final = _(
    "Stay with them until they are in. If they get no further, check who they are: then you see "
    "and can do more."
)
DONE: Final[dict[str, Promise]] = {
    Next.SEND_AGAIN: _(
        "Asked for. If anything may be sent there, it goes out within a minute. Nothing else does."
    ),
    Next.LIFT_LIMITS: _("Done. They can try again now, up to ten times in the next 15 minutes."),
    Next.START_RECOVERY: _(
        "Asked for. If anything may be sent there, it goes out within a minute. Nothing else does."
    ),
    "nowhere": _("Nothing was sent: we do not know where to. Type their email address instead."),
    "bounced": _("Nothing was sent: the last email to this address came back."),
    "enough": _("Not done: it was done for this person several times today."),
}
# What whoever holds the page or mail hears once it is done.
AFTER: Final[dict[str, tuple[Promise, ...]]] = {
    Next.LIFT_LIMITS: (
        _(
            "You can try again now. Go back to the page before, and type slowly: you can press "
            "“Show” to see the password."
        ),
    ),
}
WORDS: Final[dict[Cause, Words]] = {
    Cause.ACCOUNT_SUSPENDED: Words(
        _("We suspended the account, so nobody can sign in with it."),
        _("Check who they are first. Then you can take an appeal, which a colleague decides."),
        _(
            "I cannot see more before I know who you are. Let us check that first, and then I can "
            "tell you what is possible."
        ),
    ),
    Cause.ACCOUNT_CLOSED: Words(
        _("The account was closed."),
        _("Check who they are first. For 90 days its owner can have it back by signing in."),
        _(
            "If you closed an account in the last 90 days, sign in as you used to: the page offers "
            "to open it again."
        ),
    ),
    Cause.ACCOUNT_FROZEN: Words(
        _("The account is frozen: its owner, or somebody who reads its email, stopped it."),
        _("Do not unfreeze it. Its owner does that by signing in as fully as they can."),
        _(
            "If an account is frozen, its owner ends that by signing in with a password and a "
            "second step, or with a passkey. If you cannot, come to a counter with proof of who "
            "you are."
        ),
    ),
    Cause.RECOVERY_WAITING: Words(
        _("Somebody is getting back into the account, and the safety wait is not over."),
        _("Nothing can shorten the wait. Each of our emails about it says when it ends."),
        _(
            "If you asked to get back in, our last email says from when you can go on. Nobody can "
            "make that shorter, because it protects you. If you did not ask, use the link in that "
            "email to stop it."
        ),
    ),
    Cause.RECOVERY_PAUSED: Words(
        _("Getting back in was stopped by somebody, and waits until we have checked who asks."),
        _("Check who they are first, best at a counter."),
        _("I have to check who you are before I can go on. I can do that now, or at a counter."),
    ),
    Cause.SERVICE_SUSPENDED: Words(
        _("The service they came from is switched off here for now; nothing is wrong with them."),
        _("Tell them, and give them the service’s own phone number."),
        _(
            "The service is not taking sign-ins at the moment. Nothing is wrong on your side. "
            "You can reach the service by phone, or try later today."
        ),
    ),
    Cause.SERVICE_ENDED: Words(
        _("The service they came from has ended."),
        _("Tell them. The page they see says where to go instead."),
        _("That service has ended. The page in front of you says where to go instead."),
    ),
    Cause.LEVEL_OUT_OF_REACH: Words(
        _("The service asks for a stronger sign-in than they have set up."),
        _("Help them to add a way to sign in: the page lists which would do."),
        _(
            "This service needs a second way to sign in. The page in front of you lists what you "
            "can add, for example an app, or a printed code sheet that needs no phone."
        ),
    ),
    Cause.MAIL_BOUNCED: Words(
        _("The email came back: their mailbox is full, closed, or there is none of that name."),
        _("Do not send it again there. Have them check the address, or make room, and try anew."),
        _(
            "Emails we send to that address come back to us. Please check how it is spelt, and "
            "that the mailbox is not full. Is there another address that you use?"
        ),
    ),
    Cause.LINK_EXPIRED: Words(
        _("The link they used is too old."),
        _("Send a new one."),
        _(
            "That link has run out. If there is something to send you, a new email comes within a "
            "minute: please use the newest one."
        ),
    ),
    Cause.LINK_SPENT: Words(
        _("The link they used was used before, or a newer email took its place."),
        _("Have them look for the newest email; send one if there is none."),
        _(
            "That link was used already, or there is a newer email. Please look for the newest "
            "one, also in the spam folder."
        ),
    ),
    Cause.SLOWED_DOWN: Words(
        _("Too many tries: sign-in was slowed down for them."),
        _("Let them try again now, slowly, or have them use the emailed code the page offers."),
        _(
            "There were too many tries, so the page asks you to wait. It also offers to email you "
            "a code: with that you can go on now."
        ),
    ),
    Cause.ASKED_TO_WAIT: Words(
        _("They did one thing very often in a short time, and the page asks them to wait."),
        _("Have them wait: the page says until when. Nobody can make that shorter."),
        _(
            "The page in front of you says until when to wait. After that you can go on. If it "
            "offers another way, you can use that now."
        ),
    ),
    Cause.WAY_LOST: Words(
        _("They need a second step, and have only one way to do it."),
        _(
            "If they have lost it, start getting back in. It takes three days unless they come to "
            "a counter."
        ),
        _(
            "If you have an account, an email with your ways to get back in comes within a minute. "
            "It takes three days, or one day if you come to a counter with proof of who you are."
        ),
    ),
    Cause.ANOTHER_WAY_LEFT: Words(
        _("They need a second step, and there is still another way they can do it."),
        _(
            "Have them choose “I cannot do this” on the page, and then another way. If they have "
            "lost all of them, email the ways to get back in."
        ),
        _(
            "On the page, choose “I cannot do this”. It lists every other way that you have set "
            "up. If you have none of them any more, it leads on to getting back in."
        ),
    ),
    Cause.SECOND_ACCOUNT: Words(
        _("They could not sign in, and then made a new account in the same browser."),
        _("Have them sign in with their older address, or join the two under “Your details”."),
        _(
            "You may have used another email address before. Please try each address you have had. "
            "If you find that you have two accounts, you can join them under “Your details”."
        ),
    ),
    Cause.MAIL_UNOPENED: Words(
        _("The email went out and nobody has opened its link: the address may be mistyped."),
        _("Have them read the address on the page letter by letter; if it is right, send again."),
        _(
            "Please read me nothing, but look at the address on the page, letter by letter. If it "
            "is wrong, choose “Change the address”. If it is right, look in the spam folder."
        ),
    ),
    Cause.MAIL_IN_HAND: Words(
        _("They have our email before them, and nothing has come of its link or code yet."),
        _("Ask what the email is about, and what happens when they do what it says."),
        _(
            "You have the right email. Please do what it says now, and tell me what the page says "
            "then. Read me nothing else from it."
        ),
    ),
    Cause.MAIL_ON_ITS_WAY: Words(
        _("The email is still on its way."),
        _("Ask them to wait for two minutes."),
        _("If there is something to send you, it comes within two minutes."),
    ),
    Cause.NOT_RIGHT: Words(
        _("What they typed at sign-in was not right: name, password or code."),
        _("Have them try again slowly; else email the ways to get back in."),
        _(
            "Something you typed was not right. Please try once more, and press “Show” to see "
            "the password. If you have forgotten it, choose “I have forgotten my password”."
        ),
    ),
    Cause.PAGE_TOO_OLD: Words(
        _("The page stood open for too long, or was used in another tab."),
        _("Have them begin again from the service."),
        _("That page is too old. Please go back to the service and choose “Sign in” again."),
    ),
    Cause.SEVERAL_ACCOUNTS: Words(
        _("Several people share this mailbox, and the address alone does not say who calls."),
        _("Ask for the name that they sign in with. You type it on the next page."),
        _("If you sign in with a name rather than your email address, please tell me that name."),
    ),
    Cause.NOTHING_HERE: Words(
        _("There is nothing under this address: no account, and no sign-up under way."),
        _("Ask for every other address they have had. Else they can make an account."),
        _(
            "I cannot say whether an address has an account. Please try each email address you "
            "have had, also older ones. You can also make an account with the one you use now."
        ),
    ),
    Cause.NOTHING_WRONG: Words(
        _("Nothing that we can see stands in their way."),
        _("Ask for the help code at the foot of their screen, and type it into this case."),
        _("Please read me the heading of the page, and the help code at its foot."),
    ),
}
# Where the first thing to do was to check who calls, and that is done.
TO_THE_OWNER: Final[dict[Cause, Words]] = {
    Cause.ACCOUNT_SUSPENDED: Words(
        WORDS[Cause.ACCOUNT_SUSPENDED].cause,
        _("Take an appeal, under “What you can do for them”. A colleague decides it."),
        _(
            "We have suspended your account, so nobody can sign in with it. You can appeal now: "
            "a colleague looks at it again, and an email tells you what was decided."
        ),
    ),
    Cause.ACCOUNT_CLOSED: Words(
        WORDS[Cause.ACCOUNT_CLOSED].cause,
        _("Have them sign in as they used to: for 90 days they can have it back so."),
        _(
            "Your account is closed. If that was in the last 90 days, sign in as you used to: the "
            "page offers to open it again."
        ),
    ),
    Cause.RECOVERY_PAUSED: Words(
        WORDS[Cause.RECOVERY_PAUSED].cause,
        _("Ask whether it was them. Let it go on, or end it, under “What you can do for them”."),
        _(
            "Somebody asked to get back into your account, and it was stopped until we had checked "
            "who you are. Was it you who asked?"
        ),
    ),
}


def words_for(cause: Cause, *, is_owner: bool) -> Words:
    """Return what the screen says; `is_owner`: the caller was checked, and owns the account."""
    return TO_THE_OWNER.get(cause, WORDS[cause]) if is_owner else WORDS[cause]


def to_say(words: Words, *, has_code: bool, done: str) -> tuple[Promise, ...]:
    """Return what is read out, a paragraph each.

    `has_code`: they hold the page or mail that it is about, or were checked; `done`: what has just
    been done or asked for, empty if nothing.
    """
    if has_code:
        return AFTER.get(done, (words.say,))
    return DONE_TO_ANYBODY if done in DONE else TO_ANYBODY
