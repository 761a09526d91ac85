"""What waits and what has been published, as two tables of which one upload at a time is opened."""

from ui.desk.chosen import opened
from ui.desk.history import history, published_uploads
from ui.desk.waiting import staged_uploads, waiting
from ui.visit import Visit


def lists(visit: Visit) -> None:
    """The tables, of what is the reader's business."""
    staged, published = staged_uploads(visit), published_uploads(visit)
    chosen = opened(visit, [*staged["id"], *published["id"]])
    waiting(visit, staged, chosen)
    history(visit, published, chosen)
