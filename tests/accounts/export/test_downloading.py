"""Who may download a copy of everything, and what they get."""

import json

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.assurance import Level
from accounts.models import Account, Authenticator, Export, ExportChunk, Session
from tests import factories
from tests.accounts.export.worker import (
    COPY,
    NEW,
    content,
    events,
    file,
    parts_of,
    ready,
)
from tests.accounts.mfa.owner import ANN, Owner, asks_to_sign_in
from tests.accounts.profile.emails.resident import text
from tests.accounts.visitor import Visitor
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

HOSTILE = 'Ann <script>alert("x")</script> & \u202eżó'


@pytest.fixture
def ann() -> Owner:
    return Owner()


def test_both_documents_are_handed_over_to_be_saved_and_never_shown_or_kept(ann: Owner) -> None:
    export = ready(ann)
    for document, kind, ending in (
        ("json", "application/json", "json"),
        ("page", "text/html; charset=utf-8", "html"),
    ):
        response = ann.get(file(export, document))
        body = content(response)

        assert response["Content-Type"] == kind
        day = timezone.localdate().isoformat()
        assert response["Content-Disposition"] == f'attachment; filename="copy-{day}.{ending}"'
        assert response["Cache-Control"] == "no-store"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert int(response["Content-Length"]) == len(body)
        assert b"Ann Example" in body
    assert events() == ["asked", "prepared", "downloaded", "downloaded"]
    assert "It was downloaded 2 times" in text(ann.get(COPY))


def test_looking_at_the_head_of_a_file_is_no_download(ann: Owner) -> None:
    export = ready(ann)
    assert ann.client.head(file(export)).status_code == 200
    assert events() == ["asked", "prepared"]


def test_what_is_kept_is_sealed(ann: Owner) -> None:
    ready(ann)
    kept = "".join(ExportChunk.objects.values_list("content", flat=True))

    assert kept.startswith(f"{next(iter(settings.FIELD_ENCRYPTION_KEYS))}:")
    assert "Ann Example" not in kept
    assert ann.account.email_addresses.get().address not in kept


def test_a_name_is_text_on_the_page_whatever_stands_in_it(ann: Owner) -> None:
    Account.objects.update(full_name=f"{HOSTILE}\x07\x85")
    export = ready(ann)
    page = content(ann.get(file(export, "page"))).decode()
    rows = parts_of(ann.get(file(export)))

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\x07" not in page
    assert "\x85" not in page
    assert rows["account"][0]["full_name"] == f"{HOSTILE}\x07\x85"


def test_the_page_stands_alone_and_runs_nothing(ann: Owner) -> None:
    page = content(ann.get(file(ready(ann), "page"))).decode()

    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
    for outside in ("src=", "@import", "url(", "<link", "<form", "http://", "https://"):
        assert outside not in page.replace("http-equiv", "")


def test_nobody_downloads_or_deletes_anothers(ann: Owner) -> None:
    export = ready(ann)
    ben = factories.account("ben@example.org", password=factories.PASSWORD)
    other = Visitor()
    other.submit("ben@example.org")
    for path in (file(export), file(export, "page"), f"{COPY}/{export.pk}/delete"):
        assert other.get(path).status_code == 404
    assert other.client.post(f"{COPY}/{export.pk}/delete").status_code == 404
    assert not ben.exports.exists()
    assert ExportChunk.objects.exists()


@pytest.mark.parametrize("document", ["pdf", "xml", "JSON"])
def test_there_is_no_third_document(ann: Owner, document: str) -> None:
    assert ann.get(file(ready(ann), document)).status_code == 404


def test_an_old_sign_in_neither_asks_nor_downloads(ann: Owner) -> None:
    export = ready(ann)
    ann.grow_stale()
    assert asks_to_sign_in(ann.get(file(export)))
    assert asks_to_sign_in(ann.client.post(NEW, {"private": "yes"}))
    assert events() == ["asked", "prepared"]


def test_whoever_knows_the_password_alone_of_an_account_with_an_app_has_nothing() -> None:
    account = people.account(ANN, password=people.PASSWORD)
    secret = ways.app(account)
    owner = Owner(account, app=secret)
    export = ready(owner)
    # As if the session had been begun before there was an app.
    Session.objects.update(
        proofs=[{"method": "password", "at": int(timezone.now().timestamp())}],
        level=Level.ONE_FACTOR,
    )
    assert asks_to_sign_in(owner.get(NEW))
    assert asks_to_sign_in(owner.get(file(export)))
    assert events() == ["asked", "prepared"]


def test_a_recovery_code_is_not_enough() -> None:
    account = people.account(ANN, password=people.PASSWORD)
    owner = Owner(account, app=ways.app(account))
    now = int(timezone.now().timestamp())
    proofs = [{"method": "password", "at": now}, {"method": "recovery_code", "at": now}]
    Session.objects.update(proofs=proofs)
    assert owner.get(NEW).status_code == 403


def test_there_is_none_where_others_use_the_device_too(ann: Owner) -> None:
    export = ready(ann)
    Session.objects.update(is_shared_device=True)
    for path in (NEW, file(export), file(export, "page")):
        response = ann.get(path)
        assert response.status_code == 403
        assert "others use this device too" in text(response)
    assert file(export) not in ann.get(COPY).content.decode()
    Export.objects.all().delete()
    assert NEW not in ann.get(COPY).content.decode()


def test_there_is_none_for_a_while_after_a_recovery(ann: Owner) -> None:
    export = ready(ann)
    held = timezone.now() + settings.RECOVERY_HOLD
    Account.objects.update(changes_held_until=held)
    for path in (NEW, file(export)):
        response = ann.get(path)
        assert response.status_code == 403
        assert "You got back into your account a short while ago" in text(response)


def test_what_else_is_in_it_and_what_is_not(ann: Owner) -> None:
    Authenticator.objects.create(account=ann.account, kind="recovery_codes", label="Blue phone")
    export = ready(ann)
    copy = json.loads(content(ann.get(file(export))))

    assert copy["format"] == "borough-login-copy"
    assert copy["includes_private_services"] is False
    assert all(part["purposes"] and part["kept"] and part["title"] for part in copy["parts"])
    rows = {part["name"]: part["records"] for part in copy["parts"]}
    assert rows["ways_to_sign_in"][0]["label"] == "Blue phone"
    assert [row["event"] for row in rows["history"]][-1] == "account:export:asked"
    assert rows["signed_in"][0]["proofs"][0]["way"] == "password"
