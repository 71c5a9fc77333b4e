"""Two changes of one account's email addresses at the same moment: each is done wholly or not."""

import secrets

from tests.accounts.hostile.test_steps_at_once import AT_ONCE, ROUNDS, told
from tests.serving.provider import Served

_BEGUN = (
    AT_ONCE
    + """
    from accounts.models import EmailAddress, EmailChange
    from accounts.profile.emails import operations as emails
    from accounts.profile.emails.changes import operations as changes
    from accounts.profile.emails.changes.operations import Wanted
    from accounts.profile.emails.changes.outcome import NotPossibleError

    def begin(kind, new):
        wanted = Wanted(EmailChange.Kind(kind), new)
        return changes.begin(account=account, wanted=wanted, started_on="Firefox", by=OPERATOR)

    def ready(kind, new):
        change = begin(kind, new)
        EmailChange.objects.filter(pk=change.pk).update(confirmed_at=change.started_at,
                                                        agreed_at=change.started_at)
        return change

    def finish(change):
        try:
            ended = changes.finish(change_id=change.pk, session=None, by=OPERATOR)
        except NotPossibleError as error:
            return str(error.reason)
        return "done" if ended.done_at else "cancelled"

    def addresses():
        rows = EmailAddress.objects.filter(account=account).order_by("-is_primary", "address")
        return [[row.address.partition("-")[0], row.is_primary] for row in rows]

    def open_changes():
        rows = EmailChange.objects.filter(account=account, done_at=None, cancelled_at=None)
        return rows.count()
"""
)
_TWO_BEGUN = (
    _BEGUN
    + """
    at_once(lambda: begin("add", f"one-{{key}}"), lambda: begin("replace", f"two-{{key}}"))
    every = EmailChange.objects.filter(account=account).count()
    found.append([open_changes(), every, len(addresses())])
print(json.dumps(found))
"""
)
_ONE_FINISHED = (
    _BEGUN
    + """
    change = ready("replace", f"one-{{key}}")
    ended, _begun = at_once(lambda: finish(change), lambda: begin("add", f"two-{{key}}"))
    newest = EmailChange.objects.filter(account=account, done_at=None, cancelled_at=None).get()
    found.append([ended, addresses(), newest.old_address.partition("-")[0]])
print(json.dumps(found))
"""
)
_ONE_REMOVED = (
    _BEGUN
    + """
    spare = people.email_address(account, f"spare-{{key}}", is_primary=False)
    change = ready("make_main", spare.address)
    removing = dict(account=account, address=spare, started_on="Firefox", by=OPERATOR)
    ended, removed = at_once(lambda: finish(change), lambda: emails.remove(**removing))
    found.append([ended, removed, addresses()])
print(json.dumps(found))
"""
)

# That two of the staff agreed to, confirmed, its wait over: a job brings it about.
_CANCELLED_BY_STAFF = (
    _BEGUN
    + """
    from accounts.profile.emails.changes import due
    change = changes.begin_by_staff(
        account=account, address=f"one-{{key}}", wait=timedelta(0), by=OPERATOR
    )
    now = timezone.now()
    EmailChange.objects.filter(pk=change.pk).update(confirmed_at=now, told_middle_at=now)
    _ran, cancelled = at_once(
        lambda: due.run(now=now),
        lambda: changes.cancel_of_account(account=account, by=OPERATOR),
    )
    change.refresh_from_db()
    ended = AuditEvent.objects.filter(
        object_id=str(change.pk), event="account:email_change:cancelled"
    )
    found.append(
        [bool(change.done_at), bool(change.cancelled_at), cancelled, addresses(), ended.count()]
    )
print(json.dumps(found))
"""
)


def _name() -> str:
    return f"{secrets.token_hex(8)}x"


def test_of_two_that_begin_at_once_one_is_open(served: Served) -> None:
    assert told(served, _TWO_BEGUN, address=_name()) == [[1, 2, 1]] * ROUNDS


def test_one_that_ends_beside_another_that_begins_is_done_first_or_not_at_all(
    served: Served,
) -> None:
    name = _name()
    for number, (ended, addresses, old) in enumerate(told(served, _ONE_FINISHED, address=name)):
        main = "one" if ended == "done" else f"{name}{number}@example.org"
        assert ended in {"done", "cancelled"}
        assert addresses == [[main, True]]
        # The one that began knows the main address as it is, or it could not be brought about.
        assert old == main


def test_an_address_is_made_the_main_one_or_removed_and_never_both(served: Served) -> None:
    name = _name()
    for number, (ended, removed, addresses) in enumerate(told(served, _ONE_REMOVED, address=name)):
        first = f"{name}{number}@example.org"
        if removed:
            assert (ended, addresses) == ("overtaken", [[first, True]])
        else:
            assert (ended, addresses) == ("done", [["spare", True], [first, False]])


def test_what_the_staff_cancel_as_it_comes_about_is_cancelled_or_done_and_never_both(
    served: Served,
) -> None:
    name = _name()
    rounds = told(served, _CANCELLED_BY_STAFF, address=name)
    for number, (done, over, cancelled, addresses, told_of) in enumerate(rounds):
        assert over is cancelled is not done
        assert addresses == [["one" if done else f"{name}{number}@example.org", True]]
        assert told_of == int(cancelled)
