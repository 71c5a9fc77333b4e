"""An auditor has the worker verify the log, and reads what is wrong, in words."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.sealing import copy
from accounts.audit.verifying import newest, queries, results, running
from accounts.audit.verifying.results import Compared
from accounts.audit.verifying.rules import Finding, Trouble
from accounts.audit.verifying.wording import told
from accounts.models import AuditEvent, AuditSeal
from tests.accounts.audit import log
from tests.accounts.staffing.desk import Desk
from tests.idp.console.audit.auditing import VERIFY, auditor, shown, words

pytestmark = pytest.mark.django_db


def _verified(desk: Desk) -> str:
    """Press the button, do the worker's work, and return what the page then says."""
    assert desk.post(VERIFY)["Location"] == VERIFY
    assert "under way" in words(desk.get(VERIFY))
    running.run(_newest("asked").object_id)
    return words(desk.get(VERIFY))


def _newest(what: str) -> AuditEvent:
    rows = AuditEvent.objects.filter(event=f"provider:audit_verification:{what}")
    return rows.order_by("-pk")[0]


def test_a_log_that_nobody_touched_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = auditor()
    assert "Nobody has verified the log" in words(desk.get(VERIFY))
    log.happen(3)
    log.seal(monkeypatch)
    log.happen(1)
    page = _verified(desk)
    assert "All is well: every sealed event is as it was when it was sealed" in page
    assert "3 events were compared with their seals" in page
    assert "not sealed yet" in page
    assert "no copy outside the database" in page


def test_nothing_sealed_is_nothing_proved() -> None:
    page = _verified(auditor())
    assert "Nothing was sealed so far" in page
    assert "All is well" not in page


def test_an_edited_event_is_named_and_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = auditor()
    happened = log.happen(3)
    log.seal(monkeypatch)
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=happened[1]).update(reason="x")
    page = _verified(desk)
    assert f"Event {happened[1]}, of seal 1, was changed" in page
    assert "All is well" not in page
    assert shown(desk.get(VERIFY)) == [happened[1]]
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=happened[2]).delete()
    page = _verified(desk)
    assert f"Event {happened[2]}, of seal 1, was removed" in page
    assert shown(desk.get(VERIFY)) == [happened[1]]


def test_a_cut_end_is_found_by_the_copy(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    desk = auditor()
    settings.AUDIT_COPY = str(tmp_path / "seals")
    log.happen(1)
    log.seal(monkeypatch)
    cut = log.happen(2)
    log.seal(monkeypatch)
    copy.bring_up_to_date()
    assert "was compared, seal by seal" in _verified(desk)
    with log.behind_our_back():
        AuditEvent.objects.filter(pk__in=cut).delete()
        AuditSeal.objects.filter(number=2).delete()
    assert "The end of the log was cut: the copy has seals 2 to 2" in _verified(desk)
    (tmp_path / "seals").unlink()
    (tmp_path / "seals").mkdir()
    assert "could not be read" in _verified(desk)


def test_one_is_done_at_a_time_and_a_lost_one_stands_in_nobodys_way() -> None:
    desk = auditor()
    with time_machine.travel(timezone.now()) as clock:
        desk.post(VERIFY)
        desk.post(VERIFY)
        asked = AuditEvent.objects.filter(event="provider:audit_verification:asked")
        assert asked.count() == 1
        clock.shift(timedelta(minutes=31))
        desk = auditor()
        assert "did not come to an end" in words(desk.get(VERIFY))
        desk.post(VERIFY)
        assert asked.count() == 2


def test_a_job_that_is_done_twice_finds_once() -> None:
    _verified(auditor())
    running.run(_newest("asked").object_id)
    done = AuditEvent.objects.filter(event="provider:audit_verification:done")
    assert done.count() == 1


def test_who_asked_and_what_came_of_it_are_events() -> None:
    desk = auditor()
    _verified(desk)
    asked, done = _newest("asked"), _newest("done")
    assert desk.signed_in is not None
    assert (asked.actor_kind, asked.actor_id) == ("staff", str(desk.signed_in.account_id))
    assert (done.actor_kind, done.object_id) == ("system", asked.object_id)
    assert done.detail["copy"] == "no_copy"


def test_a_report_is_kept_and_read_back_whole() -> None:
    now = timezone.now()
    findings = [Finding(trouble, seal=3, event=57, other=60, since=now) for trouble in Trouble] * 6
    report = queries.Report(findings, 3, 9, 2, 1, now)
    read = results.read(results.as_detail(report, Compared.COMPARED))
    assert read is not None
    assert read.findings == findings[: results.MOST_FINDINGS]
    assert (read.found, read.purged, read.last_sealed_at) == (len(findings), 2, now)


def test_times_of_a_finding_are_by_the_twelve_hour_clock() -> None:
    since, until = datetime(2026, 3, 3, 16, 5, tzinfo=UTC), datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    said = told(Finding(Trouble.END_CUT, seal=1, since=since, until=until))
    assert "of 3 March 2026 at 4:05pm to 1 July 2026 at 9:00am" in said


@pytest.mark.parametrize("detail", [{}, [], {"seals": "x"}, None])
def test_a_result_that_somebody_edited_is_called_so(detail: object) -> None:
    desk = auditor()
    _verified(desk)
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=_newest("done").pk).update(detail=detail or [])
    done = newest.done()
    assert done is not None
    assert done.result is None
    assert "cannot be read: somebody edited it" in words(desk.get(VERIFY))


def test_hostile_words_in_a_result_are_words() -> None:
    desk = auditor()
    _verified(desk)
    row = _newest("done")
    forged = {**row.detail, "findings": 1, "finding_001": "<script>|1|1|1||"}
    with log.behind_our_back():
        AuditEvent.objects.filter(pk=row.pk).update(detail=forged)
    assert b"<script>|" not in desk.get(VERIFY).content
    assert "cannot be read" in words(desk.get(VERIFY))
