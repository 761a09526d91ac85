"""Papers for a meeting: what a page says, set on A4 as a PDF that a reader of any kind can use (PDF/UA-1, PDF/A-2a)."""

from exports.papers.region import region_report

__all__ = ["region_report"]
