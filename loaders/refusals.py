"""What the desk refuses to do with an upload, in words for the person who asked."""

from locales import text
from locales.refused import Refused


class DeskRefused(Refused):
    """A step that cannot be taken with this upload now. Nothing was changed. Shown without a traceback."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values

    def message(self, language: str = "sv") -> str:
        shown = dict(self.values)
        if "status" in shown:
            shown["status"] = text(f"desk.statuses.{shown['status']}", language)
        return text(f"desk.refused.{self.reason}", language, **shown)
