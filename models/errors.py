"""Errors meant for a person who runs the dashboard."""

from locales.refused import RefusedFor


class StoreRefused(RefusedFor):
    """The store cannot be opened or written as asked. `message(language)` says why and what to do."""

    texts = "store"
