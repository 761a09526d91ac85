"""Kundnöjdhet: what those who have used 1177 say of it."""

from ui.area.page import area_page

area_page("satisfaction", "nki_phone")
