"""What stands around the store: the machine's clock, and the proxy in front. Two of `doctor`'s questions."""

from typing import Final
from urllib.parse import urlsplit

from pydantic import ValidationError

from models import settings
from models.account_settings import account_settings

_LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


def clock_sound(moment: str, newest: str | None) -> bool:
    """Whether the clock has passed the newest event: what is written before it would be read as older than it is."""
    return newest is None or newest <= moment


def proxy_faults() -> list[str]:
    """The variables that do not go with `DASHBOARD_PUBLIC_URL`, the address readers write: its host is refused, its
    readers all have the proxy's address, or cookies go unprotected though it is https. None without it; settings that
    cannot be read are told of elsewhere."""
    address = urlsplit(settings().public_url)
    if not address.hostname or address.hostname in _LOOPBACK:
        return []
    try:
        chosen = account_settings()
    except ValidationError:
        return []
    faults = {
        "DASHBOARD_HOSTS": address.hostname not in {host.partition(":")[0] for host in chosen.hosts},
        "DASHBOARD_PROXY_ADDRESSES": not chosen.proxy_addresses,
        "DASHBOARD_BEHIND_TLS": (address.scheme == "https") != chosen.behind_tls,
    }
    return [name for name, wrong in faults.items() if wrong]
