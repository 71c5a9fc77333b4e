"""The few files that pages load: style sheets and icons, read once at start."""

from http import HTTPStatus
from pathlib import Path

from deploy.demo_services.wsgi import Response

TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}


class Assets:
    """Every file of the `static` folder, under /static/."""

    def __init__(self) -> None:
        folder = Path(__file__).parent / "static"
        self._files = {
            f"/static/{file.name}": Response(
                HTTPStatus.OK, file.read_bytes(), (("Content-Type", TYPES[file.suffix]),)
            )
            for file in folder.iterdir()
        }

    def find(self, path: str) -> Response | None:
        """Return the file of that address, when there is one."""
        return self._files.get(path)
