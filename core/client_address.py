"""Who asks: the address of the client, behind as many proxies as the settings trust."""

import ipaddress

from django.conf import settings

UNKNOWN = "0.0.0.0"  # noqa: S104 - of a request through a local socket, not an address to listen on
IPV6_HOUSEHOLD = 64  # a customer has at least this network, and any address in it


def client_address(request) -> str:
    """Return the client's IP address: REMOTE_ADDR, or what the outermost of TRUSTED_PROXIES wrote into X-Forwarded-For.

    Each proxy adds the address that it saw at the right end; what stands further left came from the client and counts
    for nothing.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(forwarded) >= settings.TRUSTED_PROXIES:
            address = forwarded[-settings.TRUSTED_PROXIES]
    return str(_parsed(address) or _parsed(request.META.get("REMOTE_ADDR", "")) or UNKNOWN)


def counted_address(request) -> str:
    """Return what failed tries of the client are counted under: its address, an IPv6 address by its /64 network."""
    address = ipaddress.ip_address(client_address(request))
    if address.version == 6:
        return str(ipaddress.ip_network((address, IPV6_HOUSEHOLD), strict=False))
    return str(address)


def _parsed(text: str):
    try:
        address = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
