"""Papers for a meeting: what a page says, as a PDF that a reader of any kind can use (PDF/UA-1, PDF/A-2a), as a Word
document, and as slides."""

from typing import TYPE_CHECKING

from locales.on_demand import on_demand

if TYPE_CHECKING:
    from exports.papers.files import PAPER_KINDS, paper_file
    from exports.papers.pdf import paper_pdf
    from exports.papers.slides import paper_pptx
    from exports.papers.word import paper_docx
else:
    __getattr__ = on_demand(__name__, __file__)

__all__ = ["PAPER_KINDS", "paper_docx", "paper_file", "paper_pdf", "paper_pptx"]
