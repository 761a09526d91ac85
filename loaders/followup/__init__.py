"""A filled-in reply form, .xlsx or .docx, back to replies: the layout `followup_form`."""

from loaders.followup.layout import LAYOUT

__all__ = ["LAYOUT"]
