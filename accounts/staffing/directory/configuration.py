"""The directory that the settings name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True)
class Configuration:
    """Where the directory is, who we are to it, and what its groups mean here."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str
    group_claim: str
    groups: tuple[tuple[str, str], ...]
    redirect_uri: str

    @property
    def own_host(self) -> str:
        """Its `host:port`, which may be inside: an operator named it, no partner."""
        parts = urlsplit(self.issuer)
        return f"{parts.hostname}:{parts.port or (443 if parts.scheme == 'https' else 80)}"

    def roles_of(self, claims: Mapping[str, object]) -> frozenset[str]:
        """Return the roles that somebody has by the groups in these claims."""
        said = claims.get(self.group_claim)
        names = {said} if isinstance(said, str) else set(_texts(said))
        return frozenset(role for role, group in self.groups if group in names)


def configured() -> Configuration | None:
    """Return the directory, if there is one."""
    if not settings.DIRECTORY_ISSUER:
        return None
    return Configuration(
        issuer=settings.DIRECTORY_ISSUER,
        client_id=settings.DIRECTORY_CLIENT_ID,
        client_secret=settings.DIRECTORY_CLIENT_SECRET,
        scopes=settings.DIRECTORY_SCOPES,
        group_claim=settings.DIRECTORY_GROUP_CLAIM,
        groups=tuple(settings.DIRECTORY_GROUPS),
        # Never from the Host header: the code would go wherever that leads.
        redirect_uri=f"{settings.ISSUER}{reverse('staff:directory_callback')}",
    )


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
