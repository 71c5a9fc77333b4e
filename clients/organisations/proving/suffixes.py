"""Which domains belong to everybody who registers under them (publicsuffix.org)."""

from functools import cache

from publicsuffixlist import PublicSuffixList


def is_shared(domain: str) -> bool:
    """Say whether others register their own domains right under this one."""
    return _list().privatesuffix(domain) is None


@cache
def _list() -> PublicSuffixList:
    return PublicSuffixList()
