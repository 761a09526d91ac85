"""What waits and what has been published, as two tables of which one upload at a time is opened."""

from ui.desk.chosen import opened
from ui.desk.history import history, published_uploads
from ui.desk.waiting import staged_uploads, waiting
from ui.frame import Frame


def lists(frame: Frame) -> None:
    """The tables, of what is the reader's business."""
    staged, published = staged_uploads(frame), published_uploads(frame)
    chosen = opened(frame, [*staged["id"], *published["id"]])
    waiting(frame, staged, chosen)
    history(frame, published, chosen)
