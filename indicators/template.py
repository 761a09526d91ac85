"""The columns of our own template (design: layout G), one place for the workbook we hand out and the loader that
reads it back."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class TemplateColumn:
    """One column: the header as printed, what it becomes, and whether a row must have it."""

    header: str
    field: str
    required: bool = False


TEMPLATE_SHEET: Final = "Data"
TEMPLATE_COLUMNS: Final = (
    TemplateColumn("Indikator", "indicator", required=True),
    TemplateColumn("Region", "region", required=True),
    TemplateColumn("Period", "period", required=True),
    TemplateColumn("Kön", "sex"),
    TemplateColumn("Värde", "value", required=True),
    TemplateColumn("Täljare", "numerator"),
    TemplateColumn("Nämnare", "denominator"),
    TemplateColumn("Antal svar", "base_n"),
    TemplateColumn("Undre gräns", "ci_low"),
    TemplateColumn("Övre gräns", "ci_high"),
    TemplateColumn("Källa", "source"),
    TemplateColumn("Kommentar", "comment"),
)
