"""A filled-in reply form, .xlsx or .docx, back to replies: the layout `followup_form`."""

from loaders.records.followup.layout import LAYOUT

__all__ = ["LAYOUT"]
