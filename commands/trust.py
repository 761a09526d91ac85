"""Who can sign in, and whether the audit log is whole: two of `doctor`'s questions."""

from typing import Any, Final

from pydantic import ValidationError

from access import broken_at, logged_events, unlogged
from access.users import administrators
from locales import text
from models import Store
from models.account_settings import account_settings, wrong_names

NOTHING: Final[dict[str, Any]] = {"audit": None, "accounts": None}


def trust_health(store: Store) -> dict[str, Any]:
    """`audit`: number of events, number, hash and moment of the last, the first that does not hold, the first
    publication it does not tell; the log's key in the document is `audit`. `accounts`: the ways to sign in, how many
    administrators there are, whether groups give that role, settings that are wrong."""
    events = logged_events(store)
    last = events.row(-1, named=True) if events.height else {"id": 0, "hash": "", "at": None}
    log = {"events": events.height, "last": last["id"], "hash": last["hash"], "at": last["at"]}
    log["broken_at"] = broken_at(store)
    log["unlogged"] = unlogged(store)
    with store.read() as connection:
        count = administrators(connection)
    return {"audit": log, "accounts": {**_settings(), "administrators": count}}


def _settings() -> dict[str, Any]:
    try:
        chosen = account_settings()
    except ValidationError as error:
        return {"modes": [], "by_groups": False, "wrong": wrong_names(error)}
    given = [role for mapped in (chosen.oidc_group_roles, chosen.proxy_group_roles) for role in mapped.values()]
    by_groups = any("administrator" in roles for roles in given)
    return {"modes": list(chosen.accounts), "by_groups": by_groups, "wrong": ""}


def accounts_sound(accounts: dict[str, Any]) -> bool:
    """Whether somebody can keep the accounts, where there are any."""
    kept = not accounts["modes"] or accounts["administrators"] > 0 or accounts["by_groups"]
    return kept and not accounts["wrong"]


def accounts_in_words(accounts: dict[str, Any], language: str) -> str:
    """The same in one sentence, with what to do."""
    modes = ", ".join(text(f"accounts.modes.{mode}", language) for mode in accounts["modes"])
    if accounts["wrong"]:
        key = "wrong"
    elif not modes:
        key = "none"
    elif not accounts_sound(accounts):
        key = "nobody"
    else:
        key = "groups" if accounts["by_groups"] else "sound"
    told = {"modes": modes, "count": accounts["administrators"], "names": accounts["wrong"]}
    return text(f"accounts.doctor.{key}", language, **told)
