"""Which uploads are a person's business? What nobody has published may hold what suppression hides."""

from datetime import date

import polars as pl

from access import Actor, allowed
from access.users import keys_of_region
from analysis.status import uploads_list
from models import Store


def uploads_seen_by(store: Store, actor: Actor, as_of: date | None = None) -> pl.DataFrame:
    """`uploads_list` as far as it is the actor's business: a file that was never published is for whoever handed it in,
    for the others of that person's region, and for those who publish."""
    uploads = uploads_list(store, as_of)
    if allowed(actor, "publish"):
        return uploads
    colleagues = keys_of_region(store, actor.region) if actor.region else []
    own = pl.col("uploaded_by").is_in([actor.key, *colleagues])
    return uploads.filter(pl.col("published_at").is_not_null() | own)


def waiting_uploads(store: Store) -> int:
    """How many uploads are staged and wait for somebody to publish them."""
    found = store.frame("SELECT count(*) FROM upload WHERE status = 'staged'", {"count": pl.Int64})
    return int(found.item())
