"""Telefon: calls to 1177. What is real stands first; example data only when the reader asks for it."""

from analysis.phone.measures import FOR_PHONE
from ui.area.page import area_page
from ui.phone import page as phone

area_page("phone", FOR_PHONE[0], only=FOR_PHONE, real_first=True, beside=phone.which_level, more=phone.more)
