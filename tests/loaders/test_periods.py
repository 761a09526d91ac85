"""A period that has not begun is refused in every layout; one not over, or before the survey existed, is confirmed."""

from datetime import timedelta

import pytest

from analysis import compare_regions, periods_available
from analysis.moments import today_in_sweden
from indicators import catalogue
from loaders import check_file
from loaders.formats import read_document
from loaders.mapping import propose
from models import Store
from models.settings import PROJECT
from tests.publishing import publish

SAMPLES = PROJECT / "sample_data"
HEADER = "Indikator;Region;Period;Kön;Värde;Täljare;Nämnare;Antal svar;Undre gräns;Övre gräns;Källa;Kommentar\n"


def sample(name: str, old: str, new: str) -> tuple[str, bytes]:
    return name, (SAMPLES / name).read_bytes().replace(old.encode(), new.encode())


def template(*rows: str) -> tuple[str, bytes]:
    return "egen.csv", (HEADER + "".join(f"{row};;;;;;Egen;\n" for row in rows)).encode("utf-8-sig")


def wide(*periods: str) -> tuple[str, bytes]:
    rows = [f"{catalogue().regions[code].name};" + ";".join("61,2" for _ in periods) for code in ("22", "24", "25")]
    lines = ["Förtroende för sjukvården i sin helhet, procent", f"Region;{';'.join(periods)}", *rows]
    return "tabell.csv", "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        template("trust_overall;Region Norrbotten;2042;T;61,2"),
        template("calls_offered;Region Norrbotten;2042-03;T;612"),
        wide("2023", "2042"),
        sample("barometern_2025_kolada.json", '"period": 2025', '"period": 2042'),
        sample("fortroende_1177_telefon_2017_skr.csv", "2017", "2042"),
        sample("vardbarometern_vardcentral_2013_2015_vis.csv", "2015", "2045"),
        sample("syntetisk_utbud_etjanster_2023_2025.csv", "2025", "2045"),
        sample("syntetisk_1177_samtal_veckodag_timme.csv", "2023-10", "2043-10"),
    ],
    ids=["template", "template month", "wide", "kolada", "skr", "vis", "supply", "phone"],
)
def test_a_period_not_yet_begun_is_an_error_in_every_layout(name: str, content: bytes) -> None:
    checked = check_file(None, name, content)
    assert "future_period" in {problem.rule for problem in checked.errors}
    first = next(one for one in checked.errors if one.rule == "future_period")
    assert "har inte börjat än" in first.message("sv")


def test_a_period_not_yet_begun_is_an_error_in_a_mapped_file() -> None:
    content = "1177 på telefon 2042\n\nRegion;Inkomna samtal\nGävleborg;530\nDalarna;510\n".encode()
    mapping = propose(read_document(content), catalogue()).mapping
    assert mapping is not None
    checked = check_file(None, "egen.csv", content, mapping=mapping)
    assert "future_period" in {problem.rule for problem in checked.errors}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (f"calls_offered;Region Norrbotten;{today_in_sweden():%Y};T;612", "unended_period"),
        (f"calls_offered;Region Norrbotten;{today_in_sweden().year - 1};T;612", None),
        ("trust_overall;Region Norrbotten;2015;T;61,2", "before_survey"),  # the barometer was first made in 2016
        ("trust_overall;Region Norrbotten;2016;T;61,2", None),
        ("trust_vardcentral;Region Norrbotten;1999;T;61,2", "before_survey"),
        ("logins;Region Norrbotten;2015-01;T;612", None),  # no survey
    ],
)
def test_what_is_to_be_confirmed(row: str, rule: str | None) -> None:
    checked = check_file(None, *template(row))
    assert {one.rule for one in checked.warnings} & {"unended_period", "before_survey"} == ({rule} if rule else set())
    assert not checked.errors


def test_one_warning_per_indicator_and_period_however_many_regions() -> None:
    year = today_in_sweden().year
    names = [catalogue().regions[code].name for code in catalogue().region_codes]
    checked = check_file(None, *template(*(f"calls_offered;{name};{year};T;612" for name in names)))
    assert [one.rule for one in checked.warnings if one.rule == "unended_period"] == ["unended_period"]


def test_the_latest_period_is_bounded_by_today_whatever_the_store_holds(store: Store) -> None:
    later = today_in_sweden() + timedelta(days=400)
    publish(
        store,
        [
            {"indicator": "trust_overall", "region": "25", "period": key, "value": 60.0}
            for key in ("2023", str(later.year))
        ],
    )
    assert [period.key for period in periods_available(store, "trust_overall")] == ["2023"]
    assert compare_regions(store, "trust_overall").rows["period"].unique().to_list() == ["2023"]
