"""An empty database of its own on the engine under test."""

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql


@contextlib.contextmanager
def database(engine_url: str, folder: Path) -> Iterator[str]:
    """Yield a new database's address: on the server that `engine_url` names, else a file."""
    if not engine_url.startswith(("postgres:", "postgresql:")):
        yield f"sqlite:///{quote(str(folder / 'served.sqlite3'))}"
        return
    name = f"borough_{secrets.token_hex(6)}"
    parts = urlsplit(engine_url)
    maintenance = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))
