"""Letters: written by the worker, readable by nobody here, and never twice good."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.actor import SYSTEM
from accounts.letters import operations
from accounts.letters.folder import Folder
from accounts.letters.jobs import send_letter
from accounts.letters.outgoing import NotSentError
from accounts.letters.paper import Page, print_ready
from accounts.models import Account, Letter, PostalAddress, RecoveryRequest
from tests import factories
from tests.accounts.letters import pillar_box

PAGE = Page(
    sender=["Borough Login"],
    address=["Zoë Ŵałęsa", "1 High Street", "", "EX1 1AA"],
    heading="Your code",
    before=["Before"],
    code="CDFG-HJKM",
    after=["After"],
)


@pytest.fixture
def ann(settings: Settings) -> Account:
    settings.LETTERS_ADAPTER = "tests.accounts.letters.pillar_box.PillarBox"
    pillar_box.posted.clear()
    pillar_box.broken.clear()
    account = factories.account()
    long_ago = timezone.now() - timedelta(days=60)
    PostalAddress.objects.create(
        account=account,
        lines="1 High Street\nExample",
        postcode="EX1 1AA",
        changed_at=long_ago,
        checked_at=long_ago,
    )
    return account


def queued(account: Account) -> Letter:
    now = timezone.now()
    request = RecoveryRequest.objects.create(
        account=account, rung="post", closes_at=now + timedelta(days=28)
    )
    kind = Letter.Kind.RECOVERY_CODE
    return operations.queue(kind=kind, account=account, recovery=request, by=SYSTEM)


def worked(letter: Letter) -> Letter:
    send_letter.call(str(letter.pk))
    letter.refresh_from_db()
    return letter


@pytest.mark.django_db
def test_a_letter_is_written_and_handed_over_once(ann: Account) -> None:
    letter = worked(queued(ann))
    worked(letter)
    assert letter.state == "sent"
    assert [reference for reference, _paper in pillar_box.posted] == [str(letter.pk)]
    assert pillar_box.posted[0][1].startswith(b"%PDF")


@pytest.mark.django_db
def test_its_code_is_minted_at_each_try_and_kept_as_a_hash(ann: Account) -> None:
    pillar_box.broken.append(True)
    letter = worked(queued(ann))
    assert (letter.state, letter.attempts, letter.last_error) == ("queued", 1, "Full")
    first = RecoveryRequest.objects.get().code_hash
    pillar_box.broken.clear()
    assert worked(letter).state == "sent"
    assert RecoveryRequest.objects.get().code_hash not in {"", first}


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["cancelled", "waiting", "expired"])
def test_a_letter_that_nobody_waits_for_any_more_is_dropped(ann: Account, state: str) -> None:
    letter = queued(ann)
    RecoveryRequest.objects.update(state=state)
    assert worked(letter).state == "dropped"
    assert pillar_box.posted == []


@pytest.mark.parametrize("letters", ["Zoë Ŵałęsa", "Ὀδυσσεύς", "Шевченко", "李雷", "a" * 500])
def test_any_name_can_be_printed(letters: str, settings: Settings) -> None:
    page = Page(["x"], [letters] * 9, letters, [letters], [letters], "CDFG-HJKM")
    paper = print_ready(page)
    assert paper.startswith(b"%PDF")
    del settings


def test_a_sheet_of_codes_is_one_page_of_paper() -> None:
    codes = ["1234 5678"] * 60
    page = Page(["x"], ["x"] * 9, "Sheet", ["Before " * 40], ["After"] * 2, codes=codes)
    assert print_ready(page).count(b"/Type /Page\n") == 1


def test_a_file_opens_for_the_supplier_alone(settings: Settings, tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Printer")])
    now = timezone.now()
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    certificate = (
        builder.not_valid_before(now).not_valid_after(now + timedelta(1)).sign(key, hashes.SHA256())
    )
    file = tmp_path / "printer.pem"
    file.write_bytes(certificate.public_bytes(Encoding.PEM))
    settings.LETTERS_CERTIFICATE, settings.LETTERS_DIR = str(file), str(tmp_path)
    paper = print_ready(PAGE)
    Folder().hand_over(paper, reference="letter")
    sealed = (tmp_path / "letter.p7m").read_bytes()
    assert b"%PDF" not in sealed
    assert pkcs7.pkcs7_decrypt_der(sealed, certificate, key, []) == paper
    assert (tmp_path / "letter.p7m").stat().st_mode & 0o007 == 0
    assert not list(tmp_path.glob("*.part"))


def test_without_folder_or_certificate_nothing_is_written(
    settings: Settings, tmp_path: Path
) -> None:
    settings.LETTERS_CERTIFICATE, settings.LETTERS_DIR = str(tmp_path / "none"), str(tmp_path)
    with pytest.raises(NotSentError):
        Folder().hand_over(b"%PDF", reference="letter")
    assert list(tmp_path.iterdir()) == []
