"""Refusals meant for the person at a form, a page or a terminal."""

from locales.refused import RefusedFor


class AccountRefused(RefusedFor):
    """An account, a password or a one-time word that cannot be accepted. Nothing was changed."""

    texts = "accounts.refused"
