"""Pictures as somebody uploads them."""

from io import BytesIO
from typing import Any

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), **more: Any) -> bytes:
    """Return the bytes of a file with a plain picture."""
    file = BytesIO()
    Image.new("RGB", size, "purple").save(file, kind, **more)
    return file.getvalue()
