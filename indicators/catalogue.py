"""The catalogue: everything that is measured and everyone it is measured for, read once from this folder."""

import csv
import difflib
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

from indicators.model import (
    NATION,
    ComparabilityNote,
    EService,
    FigureRemark,
    Indicator,
    Region,
    RegionGroup,
    SeriesBreak,
    Survey,
    SurveyWave,
)
from indicators.names import claim, region_key, service_key, service_names, tidy_name
from indicators.periods import period_of
from locales.numbers import swedish_order

FOLDER: Final = Path(__file__).parent
PUBLISHERS: Final = ("kolada", "vardenisiffror", "skr")
_LONGEST_NAME: Final = 80  # letters of a region's name with its code
_CODED: Final = re.compile(
    r"\A(?P<code>\d{1,4})[ .:,/]+(?P<name>[^\W\d][^\d]*)"
    r"|\A(?P<first>[^\W\d][^\d(,\[]*[^\d(,\[ ]) ?[(,\[]? ?(?P<last>\d{1,4})[)\]]?"
)
_PATTERNS: Final = {"heard", "counted"}
_PART: Final = re.compile(r"\{([a-z_]+)\}")
_NATION_CODES: Final = ("46", "0046")  # SKR's appendices number Riket 46 (domain §4B)


@dataclass(frozen=True)
class Catalogue:
    """What the project knows of the field. Shapes: indicators by id, regions by code (21 + Riket `00`)."""

    indicators: dict[str, Indicator]
    regions: dict[str, Region]
    groups: dict[str, RegionGroup]
    waves: tuple[SurveyWave, ...]
    breaks: tuple[SeriesBreak, ...]
    eservices: dict[str, EService]
    notes: tuple[ComparabilityNote, ...] = ()
    remarks: tuple[FigureRemark, ...] = ()
    surveys: tuple[Survey, ...] = ()
    _region_names: dict[str, str] = field(default_factory=dict, repr=False)
    _publisher_names: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    _guids: dict[str, str] = field(default_factory=dict, repr=False)
    _service_names: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def measured(self) -> dict[str, Indicator]:
        """The indicators whose figures come in files: what is loaded, mapped and listed as held or lacking. Those that
        are computed here out of records have pages of their own."""
        return {name: one for name, one in self.indicators.items() if not one.computed}

    def region_named(self, printed: str) -> Region | None:
        """The region a name or code means (`Region X`, `X län`, `NLL`, `25`, `0025`, `1`, `46`), or None."""
        key = region_key(printed)
        code = self._region_names.get(key) or self._with_code(key)
        return self.regions[code] if code else None

    def _with_code(self, key: str) -> str | None:
        """The code of `25 norrbotten` or `norrbotten (0025)`, where code and name mean the same region."""
        both = _CODED.fullmatch(key) if len(key) <= _LONGEST_NAME else None
        if both is None:
            return None
        parts = {self._region_names.get(both[name]) for name in ("code", "name", "last", "first") if both[name]}
        return parts.pop() if len(parts) == 1 else None

    def nearest_region(self, printed: str) -> str | None:
        """The known region name most like an unknown one, for "Menade du …?"."""
        near = difflib.get_close_matches(region_key(printed), self._region_names, n=1, cutoff=0.6)
        return self.regions[self._region_names[near[0]]].name if near else None

    def indicator_of(self, publisher: str, printed: str) -> Indicator | None:
        """The indicator a publisher's id or title means; exact but for case, width and spaces."""
        found = self._publisher_names.get((publisher, tidy_name(printed)))
        return self.indicators[found] if found else None

    def indicator_with_guid(self, guid: str) -> Indicator | None:
        """The indicator a Vården i siffror Indikator-Id belongs to (each sex may have its own)."""
        found = self._guids.get(guid.strip().casefold())
        return self.indicators[found] if found else None

    def service_named(self, printed: str) -> EService | None:
        """The e-service a file's name means; exact but for case, spaces and signs. None for one nobody knows."""
        found = self._service_names.get(service_key(printed))
        return self.eservices[found] if found else None

    def wave(self, indicator: Indicator, period: str, as_of: date | None = None) -> SurveyWave | None:
        """The survey wave a figure comes from, as it was described by the end of a day. One of the same kind after
        the last described carries its assumption on (methods §1); any other that is not described is None."""
        known = [
            wave
            for wave in self.waves
            if wave.survey == indicator.survey and (as_of is None or wave.valid_from <= as_of)
        ]
        described = [wave for wave in known if wave.period == period]
        if described:
            return max(described, key=lambda wave: wave.valid_from)
        asked = period_of(period)
        last = max(known, key=lambda wave: (period_of(wave.period).recency, wave.valid_from), default=None)
        if last is None or last.assumed_base is None:
            return None
        before = period_of(last.period)
        return last.carried_to(period) if asked.kind == before.kind and asked.start > before.start else None

    def began(self, indicator: Indicator) -> str | None:
        """The period in which the indicator's survey was first made, where that is known."""
        return next((survey.began for survey in self.surveys if survey.id == indicator.survey), None)

    def breaks_of(self, indicator: Indicator) -> tuple[SeriesBreak, ...]:
        """The indicator's breaks, earliest first; one with a `region` touches that region only."""
        touching = [
            known
            for known in self.breaks
            if indicator.id in known.indicators or (known.survey is not None and known.survey == indicator.survey)
        ]
        return tuple(sorted(touching, key=lambda known: period_of(known.period).start))

    def group(self, name: str) -> RegionGroup | None:
        """A region group by id or title."""
        wanted = tidy_name(name)
        return next(
            (
                g
                for g in self.groups.values()
                if wanted in (tidy_name(g.id), tidy_name(g.title.sv), tidy_name(g.title.en))
            ),
            None,
        )

    @property
    def default_group(self) -> RegionGroup:
        return next(group for group in self.groups.values() if group.default)

    @property
    def region_codes(self) -> tuple[str, ...]:
        """The 21 regions' codes in code order, without Riket."""
        return tuple(code for code in self.regions if code != NATION)

    @cached_property
    def codes_by_name(self) -> tuple[str, ...]:
        """The same in the Swedish order of their short names, as a reader looks for them."""
        return tuple(sorted(self.region_codes, key=lambda code: swedish_order(self.regions[code].short_name)))


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load_indicators(folder: Path = FOLDER / "definitions") -> dict[str, Indicator]:
    """One TOML per indicator; the file's stem is the id. One in per cent has the usual margin unless it has its own;
    the parts of its patterns are written out."""
    said = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.toml"))}
    usual, parts = _toml("margin.toml"), _toml("heard.toml")
    told = {stem: _filled({name: one[name] for name in _PATTERNS & one.keys()}, parts) for stem, one in said.items()}
    return {
        stem: Indicator(id=stem, **({"margin": usual} if one["unit"] == "percent" else {}) | one | told[stem])
        for stem, one in said.items()
    }


def _filled(said: Any, parts: dict[str, str]) -> Any:
    """Patterns with their `{part}` written out; a part that nobody has described is a KeyError."""
    if isinstance(said, str):
        return _PART.sub(lambda part: parts[part[1]], said)
    if isinstance(said, list):
        return [_filled(each, parts) for each in said]
    return {name: _filled(each, parts) for name, each in said.items()} if isinstance(said, dict) else said


def load_regions() -> dict[str, Region]:
    """The 21 regions and Riket, with people per year; Riket last."""
    population: dict[str, dict[int, int]] = {}
    for row in _rows("population.csv"):
        population.setdefault(row["lan_code"], {})[int(row["year"])] = int(row["population"])
    regions = [
        Region(
            code=row["lan_code"],
            kolada_id=row["kolada_id"],
            name=row["name"],
            short_name=row["short_name"],
            synonyms=tuple(row["synonyms"].split("|")),
            population=population.get(row["lan_code"], {}),
        )
        for row in _rows("regions.csv")
    ]
    return {region.code: region for region in sorted(regions, key=lambda region: (region.is_nation, region.code))}


def _names_of(region: Region) -> set[str]:
    codes = {region.code, region.code.lstrip("0") or "0", region.kolada_id}
    codes |= set(_NATION_CODES) if region.is_nation else set()
    return {region_key(name) for name in (region.name, region.short_name, *region.synonyms, *codes)}


@cache
def catalogue() -> Catalogue:
    """The whole catalogue, read once per process. Two entries that claim the same name raise ValueError."""
    indicators = load_indicators()
    regions = load_regions()
    eservices = {key: EService(id=key, **entry) for key, entry in _toml("eservices.toml").items()}
    publisher_names: dict[tuple[str, str], str] = {}
    guids: dict[str, str] = {}
    for indicator in indicators.values():
        for publisher in PUBLISHERS:
            for printed in getattr(indicator.publisher_ids, publisher):
                claim(publisher_names, (publisher, tidy_name(printed)), indicator.id)
        for guid in indicator.guids:
            claim(guids, guid.casefold(), indicator.id)
    return Catalogue(
        indicators=indicators,
        regions=regions,
        groups={key: RegionGroup(id=key, **entry) for key, entry in _toml("groups.toml").items()},
        waves=tuple(SurveyWave(**entry) for entry in _toml("waves.toml")["wave"]),
        surveys=tuple(Survey(**entry) for entry in _toml("waves.toml")["survey"]),
        breaks=tuple(SeriesBreak(**entry) for entry in _toml("breaks.toml")["break"]),
        eservices=eservices,
        notes=tuple(ComparabilityNote(**entry) for entry in _toml("comparability.toml")["note"]),
        remarks=tuple(FigureRemark(**entry) for entry in _toml("remarks.toml")["remark"]),
        _region_names={name: region.code for region in regions.values() for name in _names_of(region)},
        _publisher_names=publisher_names,
        _guids=guids,
        _service_names=service_names(eservices),
    )
