"""What the desk refuses to do with an upload, in words for the person who asked."""

from locales import text
from locales.refused import RefusedFor


class DeskRefused(RefusedFor):
    """A step that cannot be taken with this upload now. Nothing was changed."""

    texts = "desk.refused"

    def message(self, language: str = "sv") -> str:
        shown = dict(self.values)
        if "status" in shown:
            shown["status"] = text(f"desk.statuses.{shown['status']}", language)
        return text(f"{self.texts}.{self.reason}", language, **shown)
