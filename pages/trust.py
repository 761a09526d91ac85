"""Förtroende: trust in care and in 1177."""

from ui.area.page import area_page

area_page("trust", "trust_overall")
