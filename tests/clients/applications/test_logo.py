"""An uploaded logo is drawn anew, bounded, and shown from our own address, nothing else in it."""

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import ExifTags, Image, ImageOps
from PIL.PngImagePlugin import PngInfo
from pytest_django import Settings

from accounts.limits.table import LOGO_UPLOADS
from accounts.models import AuditEvent
from clients.applications.logo.drawing import LogoProblem, LogoRefusedError, drawn
from clients.models import Application, ApplicationLogo, Member
from tests import factories
from tests.accounts.limits.filling import fill
from tests.clients.partner import Partner, text
from tests.clients.pictures import picture

SECRET = "GPS 51.3762N 0.0982W"


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _png(width: int, height: int, *more: bytes) -> bytes:
    """Return a picture of any size in few bytes, as a decompression bomb is."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    data = _chunk(b"IDAT", zlib.compress(bytes(100_000)))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + data + _chunk(b"IEND", b"")


def _problem(file: bytes) -> LogoProblem | None:
    try:
        drawn(file)
    except LogoRefusedError as refused:
        return refused.problem
    return None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_becomes_small_and_keeps_its_shape(kind: str) -> None:
    assert drawn(picture(kind, (1000, 500))).size == (256, 128)
    assert drawn(picture(kind, (40, 20))).size == (40, 20)


def test_a_see_through_picture_stays_so() -> None:
    file = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    assert drawn(file.getvalue()).getpixel((5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_sort_of_colours_is_read(mode: str) -> None:
    file = BytesIO()
    Image.new(mode, (8, 8)).save(file, "PNG")
    assert drawn(file.getvalue()).mode == "RGBA"


@pytest.mark.parametrize("turn", range(10))
def test_a_picture_stands_as_its_camera_meant_it(turn: int) -> None:
    exif, file, plain = Image.Exif(), BytesIO(), Image.new("RGBA", (3, 2))
    plain.putdata([(shade, 0, 0, 255) for shade in (10, 20, 30, 40, 50, 60)])
    exif[ExifTags.Base.Orientation] = turn
    plain.save(file, "PNG", exif=exif)
    upright = ImageOps.exif_transpose(Image.open(file))
    assert drawn(file.getvalue()).tobytes() == upright.tobytes()


def test_a_note_that_says_its_width_in_letters_breaks_nothing() -> None:
    turned = struct.pack(">HHIHH", ExifTags.Base.Orientation, 3, 1, 6, 0)
    in_letters = struct.pack(">HHI4s", ExifTags.Base.ImageWidth, 2, 4, b"wide")
    directory = struct.pack(">H", 2) + in_letters + turned + bytes(4)
    exif = b"Exif\0\0MM\0*" + struct.pack(">I", 8) + directory
    assert drawn(picture("JPEG", exif=exif)).size == (20, 40)


def test_nothing_that_the_file_says_besides_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET
    note = PngInfo()
    note.add_text("Comment", SECRET)
    for file in (picture("JPEG", exif=exif), picture("PNG", exif=exif, pnginfo=note)):
        assert SECRET.encode() in file
        new = BytesIO()
        new_one = drawn(file)
        new_one.save(new, "PNG")
        assert SECRET.encode() not in new.getvalue()
        assert not new_one.info


@pytest.mark.parametrize(
    "file, problem",
    [
        (b"", LogoProblem.NOT_A_PICTURE),
        (b"hello", LogoProblem.NOT_A_PICTURE),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', LogoProblem.NOT_A_PICTURE),
        (b"<?xml version='1.0'?><svg onload='alert(1)'/>", LogoProblem.NOT_A_PICTURE),
        (b"%PDF-1.7", LogoProblem.NOT_A_PICTURE),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", LogoProblem.NOT_A_PICTURE),
        (b"GIF89a" + bytes(100), LogoProblem.NOT_A_PICTURE),
        (picture("GIF"), LogoProblem.NOT_A_PICTURE),
        (picture("WEBP"), LogoProblem.NOT_A_PICTURE),
        (picture("TIFF"), LogoProblem.NOT_A_PICTURE),
        (picture("BMP"), LogoProblem.NOT_A_PICTURE),
        (picture("ICO"), LogoProblem.NOT_A_PICTURE),
        (picture()[:-30], LogoProblem.BROKEN),
        (picture("JPEG", (300, 300))[:700], LogoProblem.BROKEN),
        (_png(2001, 2000), LogoProblem.TOO_MANY_PIXELS),
        (_png(9_000, 9_000), LogoProblem.TOO_MANY_PIXELS),
        (_png(10_000, 10_000), LogoProblem.TOO_MANY_PIXELS),
        (_png(60_000, 60_000), LogoProblem.TOO_MANY_PIXELS),
        (_png(2**31 - 1, 2**31 - 1), LogoProblem.TOO_MANY_PIXELS),
        (_png(1, 2**31 - 1), LogoProblem.TOO_MANY_PIXELS),
        (picture() + bytes(1024 * 1024), LogoProblem.FILE_TOO_LARGE),
    ],
)
def test_whatever_is_no_small_picture_is_refused(file: bytes, problem: LogoProblem) -> None:
    assert _problem(file) is problem


def _of_scans(number: int) -> bytes:
    """Return a progressive JPEG whose last scan comes so often, each of which draws all anew."""
    file = picture("JPEG", (64, 64), progressive=True)
    last = file[file.rindex(b"\xff\xda") : -2]
    return file[:-2] + last * number + b"\xff\xd9"


def test_a_jpeg_that_is_drawn_over_thousands_of_times_is_refused() -> None:
    assert _problem(_of_scans(1)) is None
    assert _problem(_of_scans(1000)) is LogoProblem.TOO_MANY_SCANS


@pytest.mark.parametrize("chunk", [b"zTXt", b"iCCP", b"iTXt"])
def test_a_bomb_in_a_note_of_the_file_is_not_unpacked(chunk: bytes) -> None:
    bomb = zlib.compress(bytes(200 * 1024 * 1024))
    body = {
        b"zTXt": b"Comment\0\0" + bomb,
        b"iCCP": b"Profile\0\0" + bomb,
        b"iTXt": b"Comment\0\1\0\0\0" + bomb,
    }[chunk]
    # Refused or passed over; what matters is that it comes back at once, in little memory.
    assert _problem(_png(10, 10, _chunk(chunk, body))) in {*LogoProblem, None}


def _upload(partner: Partner, row: Application, file: bytes, name: str = "logo.png") -> Any:  # noqa: ANN401 - an answer
    return partner.post(partner.page(row, "logo"), file=SimpleUploadedFile(name, file))


@pytest.mark.django_db
def test_the_logo_is_shown_from_our_own_address_for_good() -> None:
    partner = Partner(Member.Role.DEVELOPER)
    row = partner.sandbox()
    assert _upload(partner, row, picture("JPEG")).status_code == 303
    logo = ApplicationLogo.objects.get(application=row)
    assert f'src="/logos/{logo.digest}.png"' in text(partner.get(partner.page(row)))
    answer = Client().get(f"/logos/{logo.digest}.png")
    assert answer.content == bytes(logo.png)
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    event = AuditEvent.objects.get(event="application:application:changed")
    assert (event.actor_id, event.detail) == (str(partner.account.pk), {"parts": "logo"})
    assert Client().get("/logos/" + "0" * 64 + ".png").status_code == 404


@pytest.mark.django_db
def test_svg_is_refused_in_words_whatever_it_is_called() -> None:
    partner = Partner()
    row = partner.sandbox()
    for name in ("logo.svg", "logo.png"):
        answer = _upload(partner, row, b"<svg onload='alert(1)'/>", name)
        assert "must be a PNG or JPEG file" in text(answer)
    assert "1 MB or smaller" in text(_upload(partner, row, bytes(1024 * 1024 + 1)))
    assert "Choose a picture" in text(partner.post(partner.page(row, "logo"), other="x"))
    assert not ApplicationLogo.objects.exists()


@pytest.mark.django_db
def test_a_logo_is_replaced_and_removed() -> None:
    partner = Partner()
    row = partner.sandbox()
    _upload(partner, row, picture())
    first = ApplicationLogo.objects.get().digest
    _upload(partner, row, picture(size=(50, 50)))
    assert ApplicationLogo.objects.get().digest != first
    assert Client().get(f"/logos/{first}.png").status_code == 404
    assert partner.post(partner.page(row, "logo"), remove="yes").status_code == 303
    assert not ApplicationLogo.objects.exists()


@pytest.mark.django_db
def test_nobody_wears_another_organisations_logo() -> None:
    one, other = Partner(), Partner()
    _upload(one, one.sandbox(), picture())
    answer = _upload(other, other.sandbox(), picture())
    assert "another organisation" in text(answer)
    assert _upload(one, one.sandbox(), picture()).status_code == 303


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Member.Role.VIEWER])
def test_a_viewer_changes_no_logo_and_nobody_that_of_a_live_one(role: str) -> None:
    viewer, owner = Partner(role), Partner(two_factors=True)
    assert _upload(viewer, viewer.sandbox(), picture()).status_code == 403
    live = factories.application(of=owner.organisation)
    assert _upload(owner, live, picture()).status_code == 303
    assert _upload(owner, factories.application(), picture()).status_code == 404
    assert not ApplicationLogo.objects.exists()


@pytest.mark.django_db
def test_an_organisation_has_us_draw_so_many_pictures_an_hour(settings: Settings) -> None:
    settings.LIMITS_ENABLED = True
    one, other = Partner(), Partner()
    fill(LOGO_UPLOADS, str(one.organisation.pk), but=1)
    row = one.sandbox()
    assert _upload(one, row, picture()).status_code == 303
    assert _upload(one, row, picture(size=(9, 9))).status_code == 429
    assert ApplicationLogo.objects.get().width == 40
    assert _upload(other, other.sandbox(), picture(size=(9, 9))).status_code == 303
