"""Why what was said of an application's certificate is refused, in words."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.certificates.rules import CertificateProblem, SubjectKind

CERTIFICATE_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    CertificateProblem.NOT_OFFERED: _(
        "Nobody can come with a certificate here: the council has no address for mutual TLS"
    ),
    CertificateProblem.SUBJECT_MISSING: _(
        "An application that authenticates by tls_client_auth needs the one subject of its "
        "certificate: a name (DN), host name, address, IP address or email address"
    ),
    CertificateProblem.SUBJECT_UNNEEDED: _(
        "The subject of a certificate is for applications that authenticate by tls_client_auth"
    ),
    CertificateProblem.SUBJECT_UNFIT: _(
        "That is no subject of this kind: give a name as in RFC 4514 (CN=booking,O=Trust), or a "
        "host name, address, IP address or email address, without a wildcard"
    ),
}
SUBJECT_KINDS: Final[dict[StrEnum, Promise]] = {
    SubjectKind.SUBJECT_DN: _("Name (subject DN)"),
    SubjectKind.SAN_DNS: _("Host name (SAN dNSName)"),
    SubjectKind.SAN_URI: _("Address (SAN URI)"),
    SubjectKind.SAN_IP: _("IP address (SAN iPAddress)"),
    SubjectKind.SAN_EMAIL: _("Email address (SAN rfc822Name)"),
}
