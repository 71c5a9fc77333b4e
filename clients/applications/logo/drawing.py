"""Drawing an uploaded picture anew: small, still, and without anything else that its file holds."""

from enum import StrEnum
from io import BytesIO
from typing import Final

from PIL import ExifTags, Image

LARGEST_FILE: Final = 1024 * 1024
# What takes more than this to decode is a bomb, not a logo: 16 MB of colours.
MOST_PIXELS: Final = 4_000_000
LONGEST_SIDE: Final = 256
# A progressive JPEG is drawn over once with every scan, of which a megabyte holds 70,000: minutes.
MOST_SCANS: Final = 100
_SCAN: Final = b"\xff\xda"  # inside of colours, 0 follows each FF (ITU-T T.81 §B.1.1.5)
# Both tell their size before anything of them is decoded. WebP allocates its canvas as it is
# opened; SVG can hold scripts.
_FORMATS: Final = ("PNG", "JPEG")
# How a picture is turned upright, by the note of its camera (Exif 2.32 §4.6.4, Orientation).
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SEE_THROUGH: Final = frozenset({"LA", "P", "PA", "RGBA"})


class LogoProblem(StrEnum):
    """Why a picture is refused."""

    FILE_TOO_LARGE = "logo_file_too_large"
    NOT_A_PICTURE = "logo_not_a_picture"
    TOO_MANY_PIXELS = "logo_too_many_pixels"
    TOO_MANY_SCANS = "logo_too_many_scans"
    BROKEN = "logo_broken"
    OF_ANOTHER = "logo_of_another"


class LogoRefusedError(Exception):
    """The picture is unfit; `problem` names why."""

    def __init__(self, problem: LogoProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def drawn(file: bytes) -> Image.Image:
    """Return the picture in the file, drawn anew.

    Raises:
        LogoRefusedError: there is none, or it is too large.
    """
    if len(file) > LARGEST_FILE:
        raise LogoRefusedError(LogoProblem.FILE_TOO_LARGE)
    try:
        with _opened(file) as picture:
            return _anew(picture)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise LogoRefusedError(LogoProblem.BROKEN) from error


def png(picture: Image.Image) -> bytes:
    """Return the picture as the bytes of a file."""
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _opened(file: bytes) -> Image.Image:
    """Return the picture by its first bytes; its colours are not decoded yet."""
    try:
        picture = Image.open(BytesIO(file), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise LogoRefusedError(LogoProblem.TOO_MANY_PIXELS) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise LogoRefusedError(LogoProblem.NOT_A_PICTURE) from error
    if picture.format != "PNG" and file.count(_SCAN) > MOST_SCANS:
        raise LogoRefusedError(LogoProblem.TOO_MANY_SCANS)
    if picture.width * picture.height > MOST_PIXELS:
        raise LogoRefusedError(LogoProblem.TOO_MANY_PIXELS)
    return picture


def _anew(picture: Image.Image) -> Image.Image:
    # As its camera meant it. Not by Pillow's own function: that writes all other notes anew, and
    # breaks at one that is made up.
    turn = _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    upright = picture if turn is None else picture.transpose(turn)
    plain = upright if upright.mode in _SEE_THROUGH else upright.convert("RGB")
    coloured = plain.convert("RGBA")
    coloured.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new one, as a copy keeps what the file said besides.
    new = Image.new("RGBA", coloured.size)
    new.paste(coloured)
    return new
