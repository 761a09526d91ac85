"""Files come in: recognise → read → check → publish. Three axes stay apart: format (bytes → text cells), layout (cells
→ observations as claimed), checks (is it true and plausible)."""

from loaders.check import check_file, check_staged
from loaders.checked import CheckedFile, DeskRefused, RejectedFile
from loaders.formats import FORMATS
from loaders.layouts import LAYOUTS
from loaders.problems import Ignored, Problem
from loaders.publishing.publish import Published, publish_file, publish_staged, reject_staged, stage_file
from loaders.publishing.screening import screening_report
from loaders.publishing.withdraw import restore_upload, withdraw_upload
from loaders.records import RECORD_LAYOUTS

__all__ = [
    "FORMATS", "LAYOUTS", "RECORD_LAYOUTS", "CheckedFile", "DeskRefused", "Ignored", "Problem", "Published",
    "RejectedFile", "check_file", "check_staged", "publish_file", "publish_staged", "reject_staged", "restore_upload",
    "screening_report", "stage_file", "withdraw_upload",
]  # fmt: skip
