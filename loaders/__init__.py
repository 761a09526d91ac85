"""Files come in: recognise → read → check → publish. Three axes stay apart: format (bytes → text cells), layout (cells
→ observations as claimed), checks (is it true and plausible)."""

from loaders.check import check_file
from loaders.checked import CheckedFile, RejectedFile
from loaders.formats import FORMATS
from loaders.layouts import LAYOUTS
from loaders.problems import Ignored, Problem
from loaders.publish import Published, publish_file

__all__ = [
    "FORMATS", "LAYOUTS", "CheckedFile", "Ignored", "Problem", "Published", "RejectedFile", "check_file",
    "publish_file",
]  # fmt: skip
