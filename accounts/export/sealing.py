"""The two documents of a copy as the database keeps them: compressed, encrypted, in pieces."""

import zlib
from collections.abc import Iterator
from typing import Final

from accounts.export.rules import LARGEST
from accounts.models import Export, ExportChunk
from accounts.security.encryption import decrypt, encrypt

Document = ExportChunk.Document
# Compressed bytes in a row.
_PIECE: Final = 256 * 1024
# Bytes in memory at a time when it is read, however well they were compressed.
_MOUTHFUL: Final = 256 * 1024


class TooLargeError(Exception):
    """A document has become larger than what we hand over."""


class Writer:
    """Takes a document's text bit by bit, and keeps it in rows."""

    def __init__(self, export: Export, document: Document) -> None:
        self.size = 0
        self._export, self._document = export, document
        self._compress = zlib.compressobj()
        self._waiting = bytearray()
        self._pieces = 0

    def write(self, text: str) -> None:
        """Take more of the text.

        Raises:
            TooLargeError: it is more than we hand over.
        """
        # A lone surrogate, which JSON columns may hold, is no text to anybody.
        plain = text.encode(errors="replace")
        self.size += len(plain)
        if self.size > LARGEST:
            raise TooLargeError
        self._waiting += self._compress.compress(plain)
        if len(self._waiting) >= _PIECE:
            self._keep()

    def close(self) -> None:
        """Keep what is left."""
        self._waiting += self._compress.flush()
        self._keep()

    def _keep(self) -> None:
        ExportChunk.objects.create(
            export=self._export,
            attempt=self._export.attempt,
            document=self._document,
            number=self._pieces,
            content=encrypt(bytes(self._waiting)),
        )
        self._pieces += 1
        self._waiting.clear()


def read(export: Export, document: Document) -> Iterator[bytes]:
    """Yield the document, a little at a time; it ends early if it is deleted meanwhile."""
    rows = ExportChunk.objects.filter(export=export, attempt=export.attempt, document=document)
    decompress, number = zlib.decompressobj(), 0
    # Row by row, each by itself: a slow reader holds nothing open in the database.
    while not decompress.eof:
        row = rows.filter(number=number).first()
        if row is None:
            return
        waiting = decrypt(row.content)
        while waiting:
            yield decompress.decompress(waiting, _MOUTHFUL)
            waiting = decompress.unconsumed_tail
        number += 1
