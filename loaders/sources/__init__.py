"""Sources beside files: publishers that answer over the network. What they answer is then a file like any other."""

from loaders.sources.asked import FetchFailed, in_kolada, kolada_ids, years_of
from loaders.sources.http_pages import Patience
from loaders.sources.kolada_api import Fetched, fetch

__all__ = ["FetchFailed", "Fetched", "Patience", "fetch", "in_kolada", "kolada_ids", "years_of"]
