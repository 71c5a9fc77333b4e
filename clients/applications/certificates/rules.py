"""Which subject of its certificate an application may register, and which certificate has it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Final, Literal, TypeAlias
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

LONGEST_SUBJECT: Final = 500
TLS_CLIENT_AUTH: Final = "tls_client_auth"
SELF_SIGNED: Final = "self_signed_tls_client_auth"
# Those that need a certificate with each request (RFC 8705 §2).
METHODS: Final = (TLS_CLIENT_AUTH, SELF_SIGNED)
_HOST: Final = re.compile(r"(?=.{1,253}\Z)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")

_TYPE: Final = re.compile(r"([A-Za-z]+)\s*=")
# RFC 4514 §3, and those that authorities for organisations write besides, by openssl's names.
_TYPES: Final[Mapping[str, x509.ObjectIdentifier]] = {
    "cn": NameOID.COMMON_NAME,
    "l": NameOID.LOCALITY_NAME,
    "st": NameOID.STATE_OR_PROVINCE_NAME,
    "o": NameOID.ORGANIZATION_NAME,
    "ou": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "c": NameOID.COUNTRY_NAME,
    "street": NameOID.STREET_ADDRESS,
    "dc": NameOID.DOMAIN_COMPONENT,
    "uid": NameOID.USER_ID,
    "e": NameOID.EMAIL_ADDRESS,
    "emailaddress": NameOID.EMAIL_ADDRESS,
    "serialnumber": NameOID.SERIAL_NUMBER,
    "organizationidentifier": NameOID.ORGANIZATION_IDENTIFIER,
    "businesscategory": NameOID.BUSINESS_CATEGORY,
}


class SubjectKind(StrEnum):
    """Which part of a certificate names the application (RFC 8705 §2.1.2)."""

    SUBJECT_DN = "subject_dn"
    SAN_DNS = "san_dns"
    SAN_URI = "san_uri"
    SAN_IP = "san_ip"
    SAN_EMAIL = "san_email"


class CertificateProblem(StrEnum):
    """Why what was said of its certificate is refused."""

    NOT_OFFERED = "certificates_not_offered"
    SUBJECT_MISSING = "certificate_subject_missing"
    SUBJECT_UNNEEDED = "certificate_subject_unneeded"
    SUBJECT_UNFIT = "certificate_subject_unfit"


@dataclass(frozen=True)
class Certificate:
    """The one subject that its certificate has, of which kind; both empty: it registers none."""

    certificate_subject_kind: SubjectKind | Literal[""] = ""
    certificate_subject: str = ""


NO_CERTIFICATE: Final = Certificate()
Problem: TypeAlias = tuple[str, CertificateProblem, str]


def certificate_problems(
    certificate: Certificate, *, method: str, binds: bool, offered: bool
) -> Iterator[Problem]:
    """Yield every reason to refuse: the part, the problem, and the value.

    `method`: by which it authenticates. `binds`: whether its tokens are to be bound to a
    certificate. `offered`: whether anybody can come with one here.
    """
    if method in METHODS and not offered:
        yield "auth_method", CertificateProblem.NOT_OFFERED, method
    if binds and not offered:
        yield "certificate_bound_access_tokens", CertificateProblem.NOT_OFFERED, ""
    subject, kind = certificate.certificate_subject, certificate.certificate_subject_kind
    if method != TLS_CLIENT_AUTH:
        if certificate != NO_CERTIFICATE:
            yield "certificate_subject", CertificateProblem.SUBJECT_UNNEEDED, subject
    elif not subject or not kind:
        yield "certificate_subject", CertificateProblem.SUBJECT_MISSING, subject
    elif len(subject) > LONGEST_SUBJECT or not _IS_FIT[kind](subject):
        yield "certificate_subject", CertificateProblem.SUBJECT_UNFIT, subject


def named(subjects: Mapping[str, str]) -> Certificate:
    """Return what these subjects by kind stand for; of several, none can be told."""
    given = {kind: subject for kind, subject in subjects.items() if subject}
    if len(given) > 1:
        return Certificate(certificate_subject=" ".join(given.values()))
    for kind, subject in given.items():
        return Certificate(SubjectKind(kind), subject)
    return NO_CERTIFICATE


def member(kind: str) -> str:
    """Return how the metadata of a client call a subject of this kind (RFC 8705 §2.1.2)."""
    return f"tls_client_auth_{kind}"


def has_subject(certificate: x509.Certificate, kind: str, subject: str) -> bool:
    """Say whether a certificate has this subject; of several names of the kind, one is enough.

    Raises:
        ValueError: its names cannot be read.
    """
    if kind == SubjectKind.SUBJECT_DN:
        return certificate.subject == _name(subject)
    expected = _ALIKE[SubjectKind(kind)](subject)
    return any(_ALIKE[SubjectKind(kind)](one) == expected for one in _names(certificate, kind))


def _names(certificate: x509.Certificate, kind: str) -> list[str]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        return []
    except (x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
        # RFC 5280 §4.2: each extension once; §4.2.1.6: names by X.400 and EDI are not read here.
        raise ValueError from error
    names = extension.value
    match SubjectKind(kind):
        case SubjectKind.SAN_DNS:
            return list(names.get_values_for_type(x509.DNSName))
        case SubjectKind.SAN_URI:
            return list(names.get_values_for_type(x509.UniformResourceIdentifier))
        case SubjectKind.SAN_IP:
            return [str(one) for one in names.get_values_for_type(x509.IPAddress)]
        case _:
            return list(names.get_values_for_type(x509.RFC822Name))


def _name(text: str) -> x509.Name:
    # RFC 4514 §2.3, RFC 4512 §1.4: in small letters or large ones they are the same.
    spelled = {name: _TYPES[name.lower()] for name in _TYPE.findall(text) if name.lower() in _TYPES}
    return x509.Name.from_rfc4514_string(text, spelled)


def _is_dn(text: str) -> bool:
    try:
        return text.isprintable() and bool(list(_name(text)))
    except ValueError:
        return False


def _is_uri(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path)) and _is_visible(text)


def _is_ip(text: str) -> bool:
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def _is_email(text: str) -> bool:
    name, at, host = text.rpartition("@")
    return bool(name and at and _HOST.fullmatch(host.lower())) and _is_visible(text)


def _is_visible(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _email(text: str) -> str:
    # RFC 5280 §7.5: its host alone is the same in small and in large letters.
    name, _, host = text.rpartition("@")
    return f"{name}@{host.lower()}"


_IS_FIT: Final[Mapping[SubjectKind, Callable[[str], bool]]] = {
    SubjectKind.SUBJECT_DN: _is_dn,
    # No wildcard: it would be the certificate of anybody below.
    SubjectKind.SAN_DNS: lambda text: _HOST.fullmatch(text.lower()) is not None,
    SubjectKind.SAN_URI: _is_uri,
    SubjectKind.SAN_IP: _is_ip,
    SubjectKind.SAN_EMAIL: _is_email,
}
# As what two names are compared (RFC 5280 §7).
_ALIKE: Final[Mapping[SubjectKind, Callable[[str], str]]] = {
    SubjectKind.SAN_DNS: str.lower,
    SubjectKind.SAN_URI: str,
    SubjectKind.SAN_IP: lambda text: ip_address(text).exploded,
    SubjectKind.SAN_EMAIL: _email,
}
