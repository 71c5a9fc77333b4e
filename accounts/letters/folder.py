"""Letters as files in a folder that a printing supplier fetches, and alone can open."""

import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7EnvelopeBuilder, PKCS7Options
from django.conf import settings

from accounts.letters.outgoing import NotSentError


class Folder:
    """Encrypts each letter to LETTERS_CERTIFICATE (CMS, RFC 5652 §6) and writes it there."""

    def hand_over(self, paper: bytes, *, reference: str) -> None:
        """Write one letter.

        Raises:
            NotSentError: the certificate cannot be read, or the folder not be written to.
        """
        try:
            sealed = _sealed(paper)
            _write(Path(settings.LETTERS_DIR) / f"{reference}.p7m", sealed)
        except (OSError, ValueError) as error:
            raise NotSentError(type(error).__name__) from error


def _sealed(paper: bytes) -> bytes:
    certificate = x509.load_pem_x509_certificate(Path(settings.LETTERS_CERTIFICATE).read_bytes())
    envelope = PKCS7EnvelopeBuilder().set_data(paper).add_recipient(certificate)
    envelope = envelope.set_content_encryption_algorithm(AES256)
    return envelope.encrypt(Encoding.DER, [PKCS7Options.Binary])


def _write(path: Path, sealed: bytes) -> None:
    # Renamed when whole: whoever fetches the folder never gets half a letter.
    unfinished = path.with_suffix(".part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed)
    unfinished.replace(path)
