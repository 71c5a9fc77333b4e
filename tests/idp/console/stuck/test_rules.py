"""Why somebody is stuck, decided from what happened, and said without naming anybody."""

import pytest

from idp.console.stuck.rules import NEXT, Cause, Facts, Mail, Next, Person, Status, Step, why
from idp.console.stuck.wording import DONE, WORDS
from idp.console.stuck.wording import NEXT as NEXT_WORDS


def _trail(*steps: tuple[str, str]) -> Facts:
    return Facts(steps=tuple(Step(page, reason) for page, reason in steps))


def _person(**values: object) -> Facts:
    lost_way = bool(values.pop("lost_way", False))
    status = Status(str(values.pop("status", "active")))
    return Facts(person=Person(status, **values), lost_way=lost_way)  # type: ignore[arg-type]


WRONG, RIGHT = ("signin:sign_in", "sign_in_not_right"), ("signin:go_on", "signed_in")


@pytest.mark.parametrize(
    "facts, cause",
    [
        (Facts(), Cause.NOTHING_WRONG),
        (_person(status="suspended"), Cause.ACCOUNT_SUSPENDED),
        (_person(status="closed"), Cause.ACCOUNT_CLOSED),
        (_person(status="frozen", recovery_waits=True), Cause.ACCOUNT_FROZEN),
        (_person(recovery_waits=True), Cause.RECOVERY_WAITING),
        (_person(recovery_paused=True, recovery_waits=True), Cause.RECOVERY_PAUSED),
        (_person(owes_second_step=True, lost_way=True), Cause.WAY_LOST),
        (
            _person(owes_second_step=True, lost_way=True, spare_ways=True),
            Cause.ANOTHER_WAY_LEFT,
        ),
        (_person(owes_second_step=True), Cause.NOTHING_WRONG),
        (_person(lost_way=True), Cause.NOTHING_WRONG),
        (_trail(("signin:sign_in", "sign_in_account_suspended")), Cause.ACCOUNT_SUSPENDED),
        (_trail(("signin:frozen", "status_200")), Cause.ACCOUNT_FROZEN),
        (_trail(("authorize:start", "not_active")), Cause.SERVICE_SUSPENDED),
        (_trail(("authorize:start", "application_ended")), Cause.SERVICE_ENDED),
        (_trail(("authorize:continue", "level"), ("mfa:needed", "x")), Cause.LEVEL_OUT_OF_REACH),
        (_trail(("recovery:new_password", "expired")), Cause.LINK_EXPIRED),
        (_trail(("recovery:new_password", "used")), Cause.LINK_SPENT),
        (_trail(WRONG, ("signin:sign_in", "sign_in_too_many_tries")), Cause.SLOWED_DOWN),
        (_trail(WRONG, ("start_codes:start", "asked_to_wait")), Cause.ASKED_TO_WAIT),
        (_trail(("signin:second_step_app", "second_step_not_right")), Cause.NOT_RIGHT),
        (_trail(("signin:second_step_app", "second_step_too_many_tries")), Cause.ASKED_TO_WAIT),
        (_trail(WRONG, ("signin:sign_in", "status_429")), Cause.ASKED_TO_WAIT),
        (_trail(WRONG), Cause.NOT_RIGHT),
        (_trail(WRONG, RIGHT), Cause.NOTHING_WRONG),
        (_trail(WRONG, ("signup:details", "signed_in")), Cause.SECOND_ACCOUNT),
        (_trail(("signup:details", "signed_in")), Cause.NOTHING_WRONG),
        (_trail(("signin:sign_in", "flow_expired")), Cause.PAGE_TOO_OLD),
        (_trail(("<b>", "'; --")), Cause.NOTHING_WRONG),
        (Facts(mail=Mail.BOUNCED, is_limited=True), Cause.MAIL_BOUNCED),
        (Facts(mail=Mail.EXPIRED), Cause.LINK_EXPIRED),
        (Facts(mail=Mail.SPENT), Cause.LINK_SPENT),
        (Facts(mail=Mail.UNOPENED, found=0), Cause.MAIL_UNOPENED),
        (Facts(mail=Mail.ON_ITS_WAY), Cause.MAIL_ON_ITS_WAY),
        (Facts(is_limited=True, found=0), Cause.SLOWED_DOWN),
        (Facts(found=0), Cause.NOTHING_HERE),
        (Facts(found=1), Cause.NOTHING_WRONG),
        (Facts(found=1, mail=Mail.SPENT, is_stopped=True), Cause.SLOWED_DOWN),
        (Facts(found=1, mail=Mail.BOUNCED, is_stopped=True), Cause.MAIL_BOUNCED),
        (Facts(found=1, mail=Mail.SPENT, is_limited=True), Cause.LINK_SPENT),
        (Facts(mail=Mail.IN_HAND), Cause.MAIL_IN_HAND),
        (Facts(found=2), Cause.SEVERAL_ACCOUNTS),
        (Facts(found=2, mail=Mail.BOUNCED, is_limited=True), Cause.SEVERAL_ACCOUNTS),
    ],
)
def test_the_cause_is_what_stops_the_account_first_and_then_what_happened_last(
    facts: Facts, cause: Cause
) -> None:
    assert why(facts) is cause


def test_before_a_second_step_the_way_that_is_left_decides() -> None:
    steps = (Step("signin:second_step_app", "sign_in_not_right"),)
    for spare, cause in ((True, Cause.ANOTHER_WAY_LEFT), (False, Cause.WAY_LOST)):
        person = Person(Status.ACTIVE, owes_second_step=True, spare_ways=spare)
        assert why(Facts(steps=steps, person=person)) is cause


def test_every_cause_has_words_and_a_next_act() -> None:
    assert set(WORDS) == set(NEXT) == set(Cause)
    assert set(NEXT_WORDS) | {Next.TELL, Next.CHECK_WHO, Next.ASK_NAME} == set(Next)
    assert set(NEXT_WORDS) <= set(DONE)


def test_no_two_causes_read_the_same() -> None:
    assert len({str(words.cause) for words in WORDS.values()}) == len(Cause)


@pytest.mark.parametrize("cause", Cause)
def test_what_is_read_out_never_says_that_there_is_an_account(cause: Cause) -> None:
    said = str(WORDS[cause].say).lower()
    assert not any(
        words in said for words in ("the account is", "you have an account.", "we froze")
    )
    if "your account" in said:
        assert "if " in said
