"""Where the server may listen. Without accounts: local mode, only the computer the server runs on may reach it.

Local mode has three locks: the server refuses to start on another address, refuses a connection that came in on one
(uvicorn can be told an address that Streamlit's settings do not show), and refuses a foreign name that resolves to
loopback. With accounts it may listen anywhere, under the host names it is told.
"""

import os
import sys
from typing import Final, NoReturn

import streamlit as st
from pydantic import ValidationError
from streamlit import config

from locales import DEFAULT_LANGUAGE, text
from models import settings
from models.account_settings import AccountSettings, account_settings, wrong_names
from ui.server.addresses import is_loopback
from ui.server.logs import prepare_logs, said

_USAGE: Final = 2  # exit code for wrong usage, as in cli.py
_LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")


def local_mode() -> bool:
    """Whether this server has no accounts and is bound to loopback only: whoever reaches it may publish."""
    return not account_settings().accounts and is_loopback(st.get_option("server.address"))


def prepare() -> None:
    """Settle where the server listens, before the port is open; leave with a message where it must not."""
    try:
        chosen, _ = account_settings(), settings()
    except ValidationError as error:
        _leave("accounts.server.wrong", DEFAULT_LANGUAGE, names=wrong_names(error))
    prepare_logs()
    if chosen.accounts:
        _prepare_accounts(chosen)
    else:
        refuse_other_addresses()


def refuse_other_addresses() -> None:
    """Local mode: leave when the server was told to listen to anyone else."""
    if not is_loopback(st.get_option("server.address")):
        _leave("ui.refuses_address", address=_address())


def _prepare_accounts(chosen: AccountSettings) -> None:
    # uvicorn puts X-Forwarded-For in place of the connection's own address when it comes from this machine; then nobody
    # can tell the trusted proxy from a reader. It reads the variable before it reads us. ui/server/addresses.py reads
    # the header itself.
    if chosen.proxy_addresses and os.environ.get("FORWARDED_ALLOW_IPS") != "":
        _leave("accounts.server.needs_own_addresses")
    config.set_option("server.allowedHosts", [*_LOOPBACK_NAMES, *chosen.hosts])
    if is_loopback(st.get_option("server.address")):
        return
    if not chosen.hosts:
        _leave("accounts.server.needs_hosts", address=_address())
    if not chosen.behind_tls:
        said(text("accounts.server.no_tls", settings().language, address=_address()))


def _address() -> str:
    return st.get_option("server.address") or "0.0.0.0"  # no address means every address


def _leave(key: str, language: str = "", **values: object) -> NoReturn:
    sys.stderr.write(text(key, language or settings().language, **values) + "\n")
    raise SystemExit(_USAGE)
