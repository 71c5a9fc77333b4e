"""The worker that prepares a copy: killed, doubled, overtaken, too late, and with too much."""

import json
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db.models import Model
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.audit.actor import SYSTEM, resident
from accounts.export import operations, rules, sealing
from accounts.export.jobs import prepare
from accounts.export.part import Asked, Part
from accounts.freezing import operations as freezing
from accounts.models import Account, AuditEvent, Export, ExportChunk, OutboundMessage
from tests import factories
from tests.accounts.export.worker import work

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)
RECORDS = Part.records


@pytest.fixture
def account() -> Account:
    return factories.account("ann@example.org")


def asked(account: Account) -> Export:
    return operations.ask(account=account, includes_private=False, by=resident(account))


def again(export: Export) -> Export:
    return Export.objects.get(pk=export.pk)


def run(export: Export) -> Export:
    prepare.call(str(export.pk))
    return again(export)


def purge() -> dict[str, int]:
    out = StringIO()
    call_command("purge_expired", "--json", stdout=out)
    counts: dict[str, int] = json.loads(out.getvalue())
    return counts


def test_progress_is_written_part_by_part(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(account)
    seen: list[tuple[str, int, int]] = []

    def watched(part: Part, wish: Asked) -> Iterator[Model]:
        now = again(export)
        seen.append((now.state, now.parts_done, now.parts_all))
        return RECORDS(part, wish)

    monkeypatch.setattr(Part, "records", watched)
    run(export)
    assert [done for _state, done, _all in seen] == list(range(len(seen)))
    assert {(state, parts) for state, _done, parts in seen} == {("preparing", len(seen))}


def test_a_job_that_is_run_twice_prepares_once(account: Account) -> None:
    export = run(asked(account))
    pieces = set(ExportChunk.objects.values_list("pk", flat=True))
    run(export)

    assert set(ExportChunk.objects.values_list("pk", flat=True)) == pieces
    assert OutboundMessage.objects.filter(template="export_ready").count() == 1


def test_a_second_worker_leaves_a_copy_to_the_first(account: Account) -> None:
    export = asked(account)
    Export.objects.update(state="preparing", attempt=1, worked_at=timezone.now())

    assert run(export).attempt == 1
    assert not ExportChunk.objects.exists()


def test_whoever_is_overtaken_stops_and_spoils_nothing(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, is_first = asked(account), True

    def overtaken(part: Part, wish: Asked) -> Iterator[Model]:
        nonlocal is_first
        if is_first:
            is_first = False
            # It was so slow that another took the copy up, and is done with it.
            Export.objects.update(worked_at=timezone.now() - AN_HOUR)
            run(export)
        return RECORDS(part, wish)

    monkeypatch.setattr(Part, "records", overtaken)
    row = run(export)
    assert (row.state, row.attempt) == ("ready", 2)
    kept = {kind: b"".join(sealing.read(row, kind)) for kind in sealing.Document}
    assert len(kept[sealing.Document.JSON]) == row.json_size
    assert json.loads(kept[sealing.Document.JSON])["format"]
    assert kept[sealing.Document.PAGE].rstrip().endswith(b"</html>")
    assert AuditEvent.objects.filter(event="account:export:prepared").count() == 1


def test_a_killed_workers_copy_is_queued_again_and_prepared(account: Account) -> None:
    export = asked(account)
    ExportChunk.objects.create(
        export=export, attempt=1, document="json", number=0, content="half of it"
    )
    long_ago = timezone.now() - AN_HOUR
    Export.objects.update(state="preparing", attempt=1, asked_at=long_ago, worked_at=long_ago)
    # Its job says until today that it runs.
    DBTaskResult.objects.update(status="RUNNING", started_at=long_ago)
    assert purge()["jobs taken up again"] == DBTaskResult.objects.count()
    assert purge()["copies queued again"] == 0

    assert run(export).state == "ready"
    assert not ExportChunk.objects.filter(attempt=1).exists()


def test_a_copy_that_waits_for_its_job_is_not_queued_twice(account: Account) -> None:
    asked(account)
    Export.objects.update(asked_at=timezone.now() - AN_HOUR)
    assert purge()["copies queued again"] == 0


def test_what_kills_worker_after_worker_is_given_up(account: Account) -> None:
    export = asked(account)
    Export.objects.update(
        state="preparing", attempt=rules.MOST_ATTEMPTS, worked_at=timezone.now() - AN_HOUR
    )
    row = run(export)
    assert (row.state, row.failure) == ("failed", "fault")
    assert asked(account) != export


@pytest.mark.parametrize("when", ["before", "while"])
def test_nothing_is_handed_over_once_the_account_is_frozen(
    account: Account, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(account)

    def frozen(part: Part, wish: Asked) -> Iterator[Model]:
        freezing.freeze_by_operator(account=account, by=SYSTEM)
        return RECORDS(part, wish)

    if when == "before":
        freezing.freeze_by_operator(account=account, by=SYSTEM)
    else:
        monkeypatch.setattr(Part, "records", frozen)
    row = run(export)
    assert (row.state, row.failure) == ("failed", "account_stopped")
    assert not ExportChunk.objects.exists()
    assert not OutboundMessage.objects.filter(template="export_ready").exists()
    event = AuditEvent.objects.get(event="account:export:failed")
    assert (event.reason, event.actor_kind) == ("account_stopped", "system")


def test_a_copy_that_would_be_too_large_is_none(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "LARGEST", 3000)
    row = run(asked(account))
    assert (row.state, row.failure) == ("failed", "too_large")
    assert not ExportChunk.objects.exists()


def test_a_fault_is_told_and_nothing_of_the_copy_is_logged(
    account: Account, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_part: Part, _wish: Asked) -> Iterator[Model]:
        message = "Ann Example"
        raise ValueError(message)

    monkeypatch.setattr(Part, "records", broken)
    row = run(asked(account))
    assert (row.state, row.failure) == ("failed", "fault")
    assert "ValueError" in caplog.text
    assert "Ann Example" not in caplog.text


def test_an_unknown_copy_is_nobodys_work(account: Account) -> None:
    export = asked(account)
    Export.objects.all().delete()
    prepare.call(str(export.pk))
    assert not ExportChunk.objects.exists()


def test_documents_in_many_pieces_come_out_as_they_went_in(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "_PIECE", 200)
    monkeypatch.setattr(sealing, "_MOUTHFUL", 100)
    now = timezone.now()
    AuditEvent.objects.bulk_create(
        AuditEvent(at=now, event="account:session:started", account_id=account.pk, session_id=it)
        for it in (uuid4() for _number in range(4000))
    )
    row = run(asked(account))
    bites = list(sealing.read(row, sealing.Document.JSON))

    assert ExportChunk.objects.filter(document="json").count() >= 2
    assert max(map(len, bites)) <= 100
    assert len(b"".join(bites)) == row.json_size


def test_a_copy_that_is_deleted_while_it_is_read_ends_early(account: Account) -> None:
    row = run(asked(account))
    reading = sealing.read(row, sealing.Document.PAGE)
    ExportChunk.objects.all().delete()
    assert list(reading) == []


def test_a_copy_goes_after_a_week(account: Account) -> None:
    asked(account)
    work()
    now = timezone.now()
    Export.objects.update(expires_at=now + AN_HOUR)
    assert purge()["accounts.Export"] == 0
    Export.objects.update(expires_at=now)
    assert purge()["accounts.Export"] == 1
    assert not ExportChunk.objects.exists()


def test_one_that_no_worker_ever_ended_stands_in_nobodys_way(account: Account) -> None:
    lost = asked(account)
    Export.objects.update(expires_at=timezone.now())
    assert asked(account) != lost
    assert again(lost).state == "failed"
