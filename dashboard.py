"""The frame: which pages there are, in which language, and what stands around every page.

`streamlit run dashboard.py` finds `app` here and serves it; for each run of a page it also runs this file as a script.
"""

import streamlit as st

from ui import around, server

PAGES = {
    "overview": "pages/overview.py",
    "trust": "pages/trust.py",
    "satisfaction": "pages/satisfaction.py",
    "uptake": "pages/uptake.py",
    "supply": "pages/supply.py",
    "phone": "pages/phone.py",
    "profile": "pages/profile.py",
    "compare": "pages/compare.py",
    "indicator": "pages/indicator.py",
    "targets": "pages/targets.py",
    "followup": "pages/followup.py",
    "since-audit": "pages/since-audit.py",
    "data": "pages/data.py",
    "changes": "pages/changes.py",
    "open-data": "pages/open-data.py",
    "method": "pages/method.py",
    "upload": "pages/upload.py",
    "users": "pages/users.py",
    "log": "pages/log.py",
    "figure": "pages/figure.py",
    "search": "pages/search.py",
}
"""Address → page file. The first is the start page. A file is named as its address (stack.md: else a first deep link
after a start says "Page not found"); its title is `pages.<address>.title` in locales/."""

app = st.App(
    __file__,
    lifespan=server.lifespan,
    middleware=server.MIDDLEWARE,
    routes=server.routes(start_page=next(iter(PAGES))),
)

if __name__ == "__main__":
    around.draw(PAGES)
else:
    server.prepare()
