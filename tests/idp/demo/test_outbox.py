"""The demonstration's outbox: private files, and a page that exists nowhere else."""

import stat
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client
from pytest_django import Settings

BACKEND = "idp.demo.mail_backend.OutboxBackend"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DEMO = True
    settings.OUTBOX_DIR = str(tmp_path / "outbox")
    return tmp_path / "outbox"


def send(text: str, subject: str = "Hello", html: str = "<p>Hello</p>") -> None:
    mail = EmailMultiAlternatives(subject, text, to=["ann@example.org"])
    mail.connection = get_connection(BACKEND)
    mail.attach_alternative(html, "text/html")
    mail.send()


def test_a_mail_is_a_file_that_only_this_user_reads(folder: Path) -> None:
    send("Hello")
    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.django_db
def test_scripts_get_each_mail_with_its_links_and_code_newest_first(folder: Path) -> None:
    send("Type this:\n\n012345\n\nOr open http://localhost:8000/a/b?c=d now.", "First – one")
    send("Nothing to type, 123456 is a number in a line.", "Second")
    second, first = Client().get("/outbox?format=json").json()
    assert first["to"] == "ann@example.org"
    assert first["subject"] == "First – one"
    assert first["code"] == "012345"
    assert first["links"] == ["http://localhost:8000/a/b?c=d"]
    assert first["at"]
    assert (second["subject"], second["code"], second["links"]) == ("Second", "", [])
    del folder


@pytest.mark.django_db
def test_people_get_a_page_with_links_to_follow_and_no_markup_of_the_mail(folder: Path) -> None:
    send("Open http://localhost:8000/x <script>alert(1)</script>", "<b>Bold</b>", "<h1>No</h1>")
    page = Client().get("/outbox").content.decode()
    assert '<a href="http://localhost:8000/x"' in page
    assert "<script>alert" not in page
    assert "<b>Bold" not in page
    assert "<h1>No" not in page
    del folder


@pytest.mark.django_db
def test_an_empty_outbox_says_so(folder: Path) -> None:
    assert "There is none yet" in Client().get("/outbox").content.decode()
    assert Client().get("/outbox?format=json").json() == []
    del folder


@pytest.mark.django_db
def test_half_a_mail_is_not_shown(folder: Path) -> None:
    folder.mkdir()
    (folder / "1.part").write_text("To: ann")
    assert Client().get("/outbox?format=json").json() == []


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"Subject: x\r\n\r\n\xff", b"To: a\n\n"])
def test_a_damaged_file_breaks_nothing(folder: Path, content: bytes) -> None:
    folder.mkdir()
    (folder / "1.eml").write_bytes(content)
    assert Client().get("/outbox").status_code == 200
    assert len(Client().get("/outbox?format=json").json()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/outbox", "/outbox?format=json"])
def test_there_is_no_outbox_outside_the_demonstration(settings: Settings, address: str) -> None:
    settings.DEMO = False
    assert Client().get(address).status_code == 404
