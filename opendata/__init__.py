"""Open data: the same figures as the pages, for programs, portals and readers of feeds.

Starlette without Streamlit: no session, no cookie, nothing that can be changed. Every figure comes from the functions
the pages ask, after the same suppression; ui/server says who may come, as it does for pages.
"""

from typing import TYPE_CHECKING

from locales.on_demand import on_demand

if TYPE_CHECKING:
    from opendata.datapackage import package_files, zipped
    from opendata.server import is_open, open_data_app
else:
    __getattr__ = on_demand(__name__, __file__)

__all__ = ["is_open", "open_data_app", "package_files", "zipped"]
