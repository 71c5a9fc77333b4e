"""A letter on A4, print-ready: the address where an envelope's window shows it, fonts embedded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from fpdf import FPDF

_FONT: Final = "letter"
# Millimetres: where a C5 window envelope shows an address (GOV.UK Notify's letter specification).
_WINDOW: Final = (24.6, 39.5)
_WINDOW_WIDTH: Final = 95.4
_WINDOW_LINES: Final = 7
_MARGIN: Final = 24.6
_BODY_FROM: Final = 95.0
_COLUMNS: Final = 4
_COLUMN_WIDTH: Final = 40.0
_ROW_HEIGHT: Final = 6.5


@dataclass(frozen=True)
class Page:
    """What one letter says. `code` stands by itself, large; `codes` are numbered, in columns."""

    sender: Sequence[str]
    address: Sequence[str]
    heading: str
    before: Sequence[str]
    after: Sequence[str]
    code: str = ""
    codes: Sequence[str] = ()


def print_ready(page: Page) -> bytes:
    """Return the letter as a PDF."""
    pdf = FPDF(format="A4")
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    pdf.set_margins(_MARGIN, _MARGIN)
    pdf.add_font(_FONT, fname=settings.LETTERS_FONT)
    pdf.add_page()
    _address(pdf, page.address)
    _sender(pdf, page.sender)
    pdf.set_y(_BODY_FROM)
    _paragraph(pdf, page.heading, size=16)
    for text in page.before:
        _paragraph(pdf, text)
    if page.code:
        _paragraph(pdf, page.code, size=24)
    _columns(pdf, page.codes)
    for text in page.after:
        _paragraph(pdf, text)
    return bytes(pdf.output())


def _address(pdf: FPDF, lines: Sequence[str]) -> None:
    pdf.set_font(_FONT, size=11)
    pdf.set_xy(*_WINDOW)
    shown = [line for line in lines if line.strip()][:_WINDOW_LINES]
    pdf.multi_cell(_WINDOW_WIDTH, 5, "\n".join(shown), align="L")


def _sender(pdf: FPDF, lines: Sequence[str]) -> None:
    pdf.set_font(_FONT, size=10)
    pdf.set_xy(-_MARGIN - 65, 14)
    pdf.multi_cell(65, 4.5, "\n".join(lines), align="L")


def _columns(pdf: FPDF, codes: Sequence[str]) -> None:
    """Print the codes downwards, each with its number."""
    top, rows = pdf.get_y(), -(-len(codes) // _COLUMNS)
    for index, code in enumerate(codes):
        column, row = divmod(index, rows)
        pdf.set_xy(_MARGIN + column * _COLUMN_WIDTH, top + row * _ROW_HEIGHT)
        pdf.cell(_COLUMN_WIDTH, _ROW_HEIGHT, f"{index + 1}.  {code}")
    if codes:
        pdf.set_y(top + rows * _ROW_HEIGHT + 3)


def _paragraph(pdf: FPDF, text: str, *, size: int = 11) -> None:
    pdf.set_font(_FONT, size=size)
    pdf.set_x(_MARGIN)
    pdf.multi_cell(0, size * 0.5, text, align="L")
    pdf.ln(3)
