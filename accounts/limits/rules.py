"""What counts as one network."""

from ipaddress import IPv6Address, ip_address, ip_network

# One household or line gets a whole /64 and may use any address in it.
_IPV6_PREFIX = 64
_NOWHERE = "local"


def network_of(remote_address: str) -> str:
    """Return the network that an address counts as: an IPv4 address, or an IPv6 /64."""
    try:
        address = ip_address(remote_address.partition("%")[0])
    except ValueError:
        # A Unix socket has no address; all that come by it count as one.
        return _NOWHERE
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((address, _IPV6_PREFIX), strict=False))
