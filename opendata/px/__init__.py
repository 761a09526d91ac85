"""`/api/v2`: the figures in the shape of PxWebApi 2, so that programs made for Statistics Sweden read them unchanged.

A table is an indicator; its variables are region, sex, content (value, interval, counts) and time.
"""

from opendata.px.routes import routes

__all__ = ["routes"]
