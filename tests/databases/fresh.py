"""An empty database of its own on the engine under test."""

import contextlib
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import psycopg
from psycopg import sql


@contextlib.contextmanager
def database(engine_url: str, folder: Path, like: str | None = None) -> Iterator[str]:
    """Yield a new database's address: on the server that `engine_url` names, else a file.

    It is empty, or a copy of the one at the address `like`, which nobody may be using.
    """
    if not engine_url.startswith(("postgres:", "postgresql:")):
        file = folder / "served.sqlite3"
        if like:
            shutil.copyfile(unquote(urlsplit(like).path).removeprefix("/"), file)
        yield f"sqlite:///{quote(str(file))}"
        return
    name = f"borough_{secrets.token_hex(6)}"
    parts = urlsplit(engine_url)
    maintenance = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(_creation(name, like))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))


def _creation(name: str, like: str | None) -> sql.Composed:
    create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if like is None:
        return create
    template = sql.Identifier(urlsplit(like).path.removeprefix("/"))
    return create + sql.SQL(" TEMPLATE {}").format(template)
