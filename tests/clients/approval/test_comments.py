"""There is room for so many comments of each side on a submission, and for no more."""

import pytest

from clients.approval.comments import operations as comments
from clients.approval.comments.operations import TooManyCommentsError
from tests.clients.approval import rounds
from tests.idp.portal.going_live.steps import approver_at, browser_of, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be room for two."""
    monkeypatch.setattr("clients.approval.rules.MOST_COMMENTS", 2)


def test_neither_side_fills_up_what_the_other_has_room_for() -> None:
    submission = rounds.submitted()
    who = {False: rounds.owner(submission.application), True: rounds.approver()}

    def say(*, of_council: bool) -> None:
        account = who[of_council]
        comments.comment(submission=submission, account=account, text="x", of_council=of_council)

    for of_council in (False, True):
        for _ in range(2):
            say(of_council=of_council)
        with pytest.raises(TooManyCommentsError):
            say(of_council=of_council)
    assert submission.comments.count() == 4


@pytest.mark.parametrize("of_council", [False, True])
def test_the_page_says_that_there_is_no_room_for_more_and_keeps_what_was_typed(
    *, of_council: bool
) -> None:
    submission = rounds.submitted()
    owner = rounds.owner(submission.application)
    browser = approver_at() if of_council else browser_of(owner)
    own = page_of(submission.application, "/comment")
    page = browser.get(f"/approvals/{submission.pk}/comment" if of_council else own)
    for _ in range(2):
        assert browser.send(page, "continue", text="Why email?").status_code == 303
    refused = browser.send(page, "continue", text="And why the phone?")
    assert refused.status_code == 200
    shown = refused.content.decode()
    assert "there is no room for more" in shown
    assert "And why the phone?" in shown
    assert submission.comments.count() == 2
