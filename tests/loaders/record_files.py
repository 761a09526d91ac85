"""Small files of records in the layouts we know, made by the tests themselves."""

from collections.abc import Sequence

from tests.loaders.files import csv_bytes

A, B = "SE2321000230-E000000000001", "SE2321000230-E000000000002"


def supply(*rows: Sequence[str], services: str = "Beställa tid;Förnya recept", period: str = "2025-06") -> bytes:
    """A row per unit: HSA-id, then a status per service."""
    lines = [f"{unit};Enhet {unit[-1]};Region Norrbotten;{period};{';'.join(said)}" for unit, *said in rows]
    return csv_bytes("\n".join([f"HSA-id;Enhet;Region;Period;{services}", *lines, ""]))


def register(*rows: tuple[str, str]) -> bytes:
    """HSA-id and name of health centres in Norrbotten."""
    lines = [f"{unit};{name};Hälsocentral;Region Norrbotten;Boden" for unit, name in rows]
    return csv_bytes("\n".join(["HSA-id;Enhetsnamn;Enhetstyp;Region;Kommun", *lines, ""]))
