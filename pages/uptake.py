"""Användning: how much 1177 and digital care are used; calls have a page of their own."""

from ui.area.page import area_page
from ui.phone import page as phone

area_page("uptake", "eservices_1177_positive", only=phone.for_uptake(), beside=phone.has_own_page)
