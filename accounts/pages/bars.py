"""A chart of bars as SVG: no script, no style of its own, and nothing that a table does not say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDTH: Final = 720
_HEIGHT: Final = 200
# Room above the bars for the highest number, in the larger letters of a narrow screen.
_TOP: Final = 28
_BOTTOM: Final = 24
_EVERY: Final = 6


@dataclass(frozen=True)
class Bar:
    """One period, or one reason."""

    label: str
    value: int


def bars(
    *, name: str, title: str, description: str, shown: Sequence[Bar], labelled: int = _EVERY
) -> SafeString:
    """Return the caption and the chart, for a figure; `name` is its id on the page.

    `labelled`: every how many bars there is room for a label.
    """
    most = max([bar.value for bar in shown], default=0)
    step = _WIDTH / max(1, len(shown))
    drawn = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="currentColor"></rect>',
        (
            (f"{index * step + 1:.1f}", f"{_HEIGHT - tall:.1f}", f"{step - 2:.1f}", f"{tall:.1f}")
            for index, bar in enumerate(shown)
            if (tall := _tall(bar.value, most))
        ),
    )
    labels = format_html_join(
        "",
        '<text x="{}" y="{}" font-size="14" fill="currentColor">{}</text>',
        (
            (f"{index * step:.1f}", _HEIGHT + _BOTTOM - 6, bar.label)
            for index, bar in enumerate(shown)
            if index % labelled == 0
        ),
    )
    return format_html(
        '<figcaption class="govuk-heading-s">{title}</figcaption>'
        '<svg class="borough-chart" role="img" aria-labelledby="{name}-title {name}-desc"'
        ' viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>'
        '<line x1="0" y1="{base}" x2="{width}" y2="{base}" stroke="currentColor"></line>'
        '<text x="0" y="12" font-size="14" fill="currentColor">{most}</text>{drawn}{labels}</svg>',
        name=name,
        width=_WIDTH,
        height=_HEIGHT + _BOTTOM,
        base=_HEIGHT,
        title=title,
        description=description,
        most=most,
        drawn=drawn,
        labels=labels,
    )


def _tall(value: int, most: int) -> float:
    return value / most * (_HEIGHT - _TOP) if most else 0
