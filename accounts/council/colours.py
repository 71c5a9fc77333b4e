"""Which colours can be read, and the shades that pages make of them. Pure."""

import re
from typing import Final

# WCAG 2.2 §1.4.3, for text of any size.
LEAST_CONTRAST: Final = 4.5
_WHITE: Final = "#ffffff"
# Below it sRGB is straight (WCAG 2.2, relative luminance).
_STRAIGHT: Final = 0.04045
_BLACK: Final = "#000000"
_Channels = tuple[int, int, int]


def is_colour(text: str) -> bool:
    """Say whether this is a colour as `#4b1d6b`, in small letters."""
    return bool(re.fullmatch(r"#[0-9a-f]{6}", text))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def contrast_on_pages(colour: str, *, brand: str) -> float:
    """Return the least contrast of text in the colour, on white and on the brand's tint."""
    return min(contrast(colour, _WHITE), contrast(colour, tint(brand)))


def tint(brand: str) -> str:
    """Return the pale shade that lies behind the foot of a page."""
    return _mixed(brand, _WHITE, 0.06)


def stylesheet(*, brand: str, link: str) -> str:
    """Return the style sheet that gives every page these two colours and their shades."""
    shades = {
        "brand-colour": brand,
        "link-colour": link,
        "link-hover-colour": _mixed(link, _BLACK, 0.55),
        "template-background-colour": tint(brand),
        "surface-background-colour": tint(brand),
        "surface-border-colour": _mixed(brand, _WHITE, 0.5),
    }
    lines = "".join(f"  --govuk-{name}: {colour};\n" for name, colour in shades.items())
    return f":root {{\n{lines}}}\n"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    straight: float = part / 12.92 if part <= _STRAIGHT else ((part + 0.055) / 1.055) ** 2.4
    return straight


def _channels(colour: str) -> _Channels:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    mixed = (round(one * share + two * (1 - share)) for one, two in pairs)
    return "#" + "".join(f"{part:02x}" for part in mixed)
