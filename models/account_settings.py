"""Settings of accounts: who may come, how people sign in, for how long. `DASHBOARD_*` variables, see docs/accounts.md.

A class of its own, so that a secret is never among the settings that `doctor` and a fault report print.
"""

import ipaddress
from functools import lru_cache
from typing import Annotated, Any, Final, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from models.settings import Variables, variables

Mode = Literal["local", "oidc", "proxy"]
Words = Annotated[tuple[str, ...], NoDecode]
GroupRoles = dict[str, tuple[Literal["uppgiftslamnare", "publicist", "revisor", "administrator"], ...]]
_NONE: Final = "none"
_NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "local": (),
    "oidc": ("oidc_metadata_url", "oidc_client_id", "oidc_client_secret", "oidc_redirect_uri"),
    "proxy": ("proxy_header", "proxy_addresses"),
}


class AccountSettings(BaseSettings):
    """The environment's at each call of `account_settings()`."""

    model_config = SettingsConfigDict(env_prefix="DASHBOARD_", extra="ignore", frozen=True)

    accounts: Annotated[tuple[Mode, ...], NoDecode] = Field(default=(), description="ways to sign in; none: local mode")
    hosts: Words = Field(default=(), description="host names readers use, beside this machine's own")
    behind_tls: bool = Field(default=False, description="readers come by https: cookies are Secure")
    session_hours: float = Field(default=12, gt=0, description="a sign-in ends after this, used or not")
    idle_minutes: float = Field(default=60, gt=0, description="a sign-in ends after this long unused")
    keep_sign_ins_days: int = Field(default=365, ge=1, description="then the record of a sign-in is erased")
    proxy_addresses: Words = Field(default=(), description="addresses or networks of the trusted proxy")
    proxy_header: str = Field(default="", description="the header that holds the person's id")
    proxy_name_header: str = ""
    proxy_groups_header: str = ""
    proxy_group_roles: GroupRoles = Field(default_factory=dict, description="group → roles; empty: kept by hand")
    metrics_token: SecretStr = Field(default=SecretStr(""), description="who has it may read /metrics; unset: nobody")
    oidc_metadata_url: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_redirect_uri: str = Field(default="", pattern="^$|^https?://[^/]+/oauth2callback$")
    oidc_scope: str = "openid email profile"
    oidc_groups_claim: str = "groups"
    oidc_group_roles: GroupRoles = Field(default_factory=dict, description="group → roles; empty: kept by hand")

    @field_validator("accounts", "hosts", "proxy_addresses", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        """A comma list; `none` is an empty one."""
        if not isinstance(value, str):
            return value
        return tuple(word.strip() for word in value.split(",") if word.strip() not in ("", _NONE))

    @field_validator("proxy_addresses")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            ipaddress.ip_network(address, strict=False)  # ValueError: the setting is refused
        return value

    @model_validator(mode="after")
    def _complete(self) -> "AccountSettings":
        """Every way of signing in has what it needs: half a setting must not become an open door."""
        for mode in self.accounts:
            for name in _NEEDED[mode]:
                value = getattr(self, name)
                if not (value.get_secret_value() if isinstance(value, SecretStr) else value):
                    raise PydanticCustomError("missing", f"DASHBOARD_{name.upper()}")
        return self


def account_settings() -> AccountSettings:
    return _read(variables())


@lru_cache(maxsize=16)
def _read(_given: Variables) -> AccountSettings:
    return AccountSettings()


def wrong_names(error: ValidationError) -> str:
    """Which variables are wrong or missing, without what they hold."""
    return ", ".join(
        f"DASHBOARD_{str(fault['loc'][0]).upper()}" if fault["loc"] else fault["msg"]
        for fault in error.errors(include_input=False, include_context=False)
    )
