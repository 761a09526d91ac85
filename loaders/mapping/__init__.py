"""Files of no known layout: how one is to be read is proposed, corrected by a person, saved and recognised again."""

from loaders.mapping.locate import first_sheet
from loaders.mapping.proposal import Proposal, Reasoned
from loaders.mapping.propose import lacking_of, propose, propose_figures, propose_with_header
from loaders.mapping.read import Trial, read_mapped, try_mapping, without_totals
from loaders.mapping.saved import (
    MappingRefused,
    Saved,
    delete_mapping,
    find_mapping,
    mapping_named,
    mappings,
    save_mapping,
)
from loaders.mapping.spec import Figures, Given, Mapping, SupplySpec, TableSpec, Word
from loaders.mapping.supply.guess import lacking_of_supply, propose_supply, propose_supply_at

__all__ = [
    "Figures", "Given", "Mapping", "MappingRefused", "Proposal", "Reasoned", "Saved", "SupplySpec", "TableSpec",
    "Trial", "Word", "delete_mapping", "find_mapping", "first_sheet", "lacking_of", "lacking_of_supply",
    "mapping_named", "mappings", "propose", "propose_figures", "propose_supply", "propose_supply_at",
    "propose_with_header", "read_mapped", "save_mapping", "try_mapping", "without_totals",
]  # fmt: skip
