"""The analyst's commands over a file: what they answer, and what they refuse."""

import json
import math

import pytest
import typer
from statsmodels.stats.proportion import proportion_confint

from analysis.methods.intervals import Z95, Z998
from commands.analyst import trend_csv
from commands.terminal import Terminal


@pytest.fixture
def file(tmp_path):
    def written(content, encoding="utf-8"):
        made = tmp_path / "fil.csv"
        made.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return made

    return written


@pytest.fixture
def trend(capsys):
    """`trend --csv FILE`, as the trend command calls it: (exit code, stdout, stderr)."""

    def typed(path, *, as_json=True):
        with pytest.raises(typer.Exit) as ended:
            trend_csv(Terminal("sv", as_json), path)
        said = capsys.readouterr()
        return ended.value.exit_code, said.out, said.err

    return typed


RISING = "year,count,denominator\n2018,500,1000\n2019,520,1000\n2020,540,1000\n2021,560,1000\n2022,580,1000\n"
UNITS = "area,numerator,denominator\nAnkaret,63,100\nBacken,60,100\nCentrum,52,100\nDalen,0,0\n"
MONTHS = "period,value\n" + "".join(f"2024-{month:02d},{51 if month % 2 else 49}\n" for month in range(1, 13))
THREE = "name,estimate,se\nAlfa,50,1\nBeta,80,1\nGamma,79,1\n"


# interval


def test_interval_is_wilsons(run):
    ran = run("interval", 81, 263, "--json")
    low, high = proportion_confint(81, 263, method="wilson")
    assert ran.document == {"proportion": 81 / 263, "low": pytest.approx(low), "high": pytest.approx(high)}
    assert (ran.code, ran.err) == (0, "")


def test_interval_takes_a_design_effect_and_a_level(run):
    by_hand = run("interval", 500, 1000, "--level", "99.8", "--json").document
    with_deff = run("interval", 600, 1200, "--deff", 1.2, "--level", "99.8", "--json").document
    assert with_deff == pytest.approx(by_hand)
    # At p = 1/2 Wilson's half width is z / (2 √(n + z²)).
    assert by_hand["high"] - 0.5 == pytest.approx(Z998 / (2 * math.sqrt(1000 + Z998**2)))


def test_interval_for_a_reader(run):
    assert run("interval", 81, 263).out.splitlines() == [
        "andel   från    till",
        "------  ------  ------",
        "0,3080  0,2553  0,3662",
    ]
    assert run("--language", "en", "interval", 81, 263).out.splitlines()[2] == "0.3080  0.2553  0.3662"


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ((5, 0), 1, "N är 0."),  # a share of nothing is refused, not infinite
        ((5, "--json", "--", -3), 1, "N är -3."),
        ((6, 5), 1, "X är 6."),  # more events than answers
        ((6, 5, "--deff", 0), 2, "--deff är 0.0."),
        ((6, 5, "--level", 90), 2, "90"),  # only the two levels
        (("nan", 5), 2, "vanliga tal"),
        (("fem", 5), 2, "'x'"),
        ((5,), 2, "N"),
        ((5, 6, "--nivå", 95), 2, "--nivå"),
    ],
)
def test_interval_refuses_what_is_no_share(run, words, code, message):
    ran = run("interval", *words)
    assert (ran.code, message in ran.err) == (code, True)


# trend --csv


def test_trend_of_counts(file, trend):
    code, out, err = trend(file(RISING))
    assert json.loads(out) == {
        "method": "chi2_trend",
        "statistic": pytest.approx(16.1030596),
        "slope": pytest.approx(0.02),
        "verdict": "increasing",
        "reason": None,
        "evidence": "computed",
        "points_used": 5,
        "periods_used": ["2018", "2019", "2020", "2021", "2022"],
        "breaks": [],
    }
    assert (code, err) == (0, "")


def test_trend_of_values_in_a_swedish_file(file, trend):
    content = (
        "\ufeffYear;Value;Low;High;Källa\r\n2018;66,0;65,0;67,0;x\r\n2019;64,5;63,5;65,5;x\r\n"
        "2020;64;63;65;x\r\n2021;62;61;63;x\r\n2022;60;59;61;x\r\n"
    )
    document = json.loads(trend(file(content))[1])
    assert (document["method"], document["verdict"], document["evidence"]) == (
        "weighted_regression",
        "decreasing",
        "published",
    )
    assert document["slope"] == pytest.approx(-1.45)
    # β² · Σw(t − t̄)² with w = (z / half width)² and Σ(t − t̄)² = 10
    assert document["statistic"] == pytest.approx(1.45**2 * 10 * Z95**2)


def test_trend_of_too_few_years_is_not_assessable_and_says_so(file, trend):
    three = "".join(RISING.splitlines(keepends=True)[:4])
    document = json.loads(trend(file(three))[1])
    assert (document["verdict"], document["reason"], document["points_used"]) == (
        "not_assessable",
        "too_few_points",
        3,
    )
    code, out, _ = trend(file(three), as_json=False)
    assert out.splitlines()[-2:] == ["bedömning: kan inte bedömas", "för få jämförbara mätningar (3 av 5)"]
    assert code == 0


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        (
            ["2018,500,1000", "2019,500,1000", "2020,500,1000", "2021,500,1000", "2022,620,1000"],
            "hänger på ett enda år",
        ),
        (["2018,1,1000", "2019,1,1000", "2020,1,1000", "2021,1,1000", "2022,1,1000"], "för få väntade fall"),
        (["2018,50,100", "2019,50,100", "2020,50,100", "2021,50,100", "2022,51,100"], "inte större än slumpen"),
    ],
)
def test_trend_gives_its_reason_in_words(file, trend, lines, verdict):
    _, out, _ = trend(file("\n".join(["year,count,denominator", *lines])), as_json=False)
    assert verdict in out.splitlines()[-1]


# funnel


def test_funnel_of_three_units_and_an_empty_one(file, run):
    ran = run("funnel", file(UNITS), "--json")
    centre = 175 / 300
    half = math.sqrt(centre * (1 - centre) / 100)
    limits = {
        "low95": pytest.approx(centre - Z95 * half),
        "high95": pytest.approx(centre + Z95 * half),
        "low998": pytest.approx(centre - Z998 * half),
        "high998": pytest.approx(centre + Z998 * half),
    }
    document = ran.document
    dispersion = document.pop("overdispersion")
    assert document == {
        "centre": centre,
        "rows": [
            {"area": "Ankaret", "value": 0.63, **limits, "verdict": "within"},
            {"area": "Backen", "value": 0.6, **limits, "verdict": "within"},
            {"area": "Centrum", "value": 0.52, **limits, "verdict": "within"},
            {"area": "Dalen", "value": None, **dict.fromkeys(limits), "verdict": "not_assessable"},
        ],
    }
    assert set(dispersion) == {"phi", "tau2", "p_value", "applied"}
    assert (dispersion["applied"], dispersion["tau2"]) == (False, 0.0)
    assert (ran.code, ran.err) == (0, "")


def test_funnel_for_a_reader(file, run):
    lines = run("funnel", file(UNITS)).out.splitlines()
    assert lines[0].split() == [
        "område",
        "värde",
        *["95", "%", "från", "till", "99,8", "%", "från", "till"],
        "bedömning",
    ]
    assert lines[2].split() == ["Ankaret", "0,6300", "0,4867", "0,6800", "0,4310", "0,7357", "inom", "gränserna"]
    assert lines[5].split()[-3:] == ["kan", "inte", "bedömas"]
    assert lines[-2:] == [
        "gemensam andel: 0,5833",
        "Områdena skiljer sig inte mer än slumpen ger; gränserna är inte vidgade.",
    ]


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        ([30, 90, 35, 85, 40, 80], "(p < 0,0001)"),
        ([50] * 10 + [75], "Enstaka områden skiljer sig"),
        ([50], "För få områden"),
    ],
)
def test_funnel_says_what_it_did_about_dispersion(file, run, counts, note):
    rows = "".join(f"E{number},{count},100\n" for number, count in enumerate(counts))
    assert note in run("funnel", file("area,numerator,denominator\n" + rows)).out.splitlines()[-1]


# xmr


def test_xmr_of_a_calm_year(file, run):
    ran = run("xmr", file(MONTHS), "--json")
    assert ran.document == {
        "mean": 50.0,
        "lower": pytest.approx(50 - 2.66 * 2),
        "upper": pytest.approx(50 + 2.66 * 2),
        "points": [
            {"period": f"2024-{month:02d}", "value": 51.0 if month % 2 else 49.0, "rule": None}
            for month in range(1, 13)
        ],
        "reason": None,
        "left_out": [],
    }
    assert (ran.code, ran.err) == (0, "")


def test_xmr_names_the_rule_that_fired(file, run):
    content = MONTHS + "2025-01,70\n2025-H1,90\n"
    document = run("xmr", file(content), "--json").document
    assert document["points"][-1] == {"period": "2025-01", "value": 70.0, "rule": "outside_limits"}
    assert document["left_out"] == ["2025-H1"]
    lines = run("xmr", file(content)).out.splitlines()
    assert lines[14].split() == ["2025-01", "70,0000", "utanför", "gränserna"]
    assert lines[-1] == "Halvårsmätningar ingår aldrig i diagrammet: 2025-H1."


def test_xmr_of_too_few_points_has_no_limits(file, run):
    content = "".join(MONTHS.splitlines(keepends=True)[:6])
    document = run("xmr", file(content), "--json").document
    assert (document["mean"], document["lower"], document["upper"], document["reason"]) == (
        None,
        None,
        None,
        "too_few_points",
    )
    assert [point["rule"] for point in document["points"]] == [None] * 5
    assert run("xmr", file(content)).out.splitlines()[-1] == "för få mätpunkter (5 av 12)"


def test_xmr_takes_an_empty_cell_as_a_missing_month(file, run):
    content = MONTHS.replace("2024-06,49", "2024-06,") + "2025-01,51\n"
    document = run("xmr", file(content), "--json").document
    assert [point["period"] for point in document["points"]].count("2024-06") == 0
    assert document["upper"] - document["mean"] == pytest.approx(2.66 * 2)


# ranks


@pytest.mark.parametrize("kind", ["marginal", "simultaneous"])
def test_ranks_put_the_highest_first(file, run, kind):
    ran = run("ranks", file(THREE), "--rank-intervals", kind, "--json")
    assert ran.document == {
        "rows": [
            {"name": "Beta", "rank": 1, "low": 1, "high": 2},
            {"name": "Gamma", "rank": 2, "low": 1, "high": 2},
            {"name": "Alfa", "rank": 3, "low": 3, "high": 3},
        ]
    }
    assert (ran.code, ran.err) == (0, "")


def test_ranks_are_marginal_unless_told_otherwise(file, run):
    # 2.2 standard errors: told apart among two hypotheses of four regions alone, but not among all of theirs at once.
    content = "name,estimate,se\n" + "".join(f"R{number},{60 + 3.6 * number},1\n" for number in range(6))
    marginal, simultaneous = (
        run("ranks", file(content), "--rank-intervals", kind, "--json").document
        for kind in ("marginal", "simultaneous")
    )
    assert run("ranks", file(content), "--json").document == marginal
    assert marginal != simultaneous


def test_ranks_without_a_value_or_an_error_come_without_an_interval(file, run):
    content = "name;estimate;se\nAlfa;;1\nBeta;80,0;\nGamma;60,0;1,0\n"
    assert run("ranks", file(content), "--json").document == {
        "rows": [
            {"name": "Beta", "rank": 1, "low": None, "high": None},
            {"name": "Gamma", "rank": 2, "low": 1, "high": 2},
            {"name": "Alfa", "rank": None, "low": None, "high": None},
        ]
    }
    assert run("ranks", file(content)).out.splitlines() == [
        "namn   plats  mellan  och",
        "-----  -----  ------  ---",
        "Beta       1       –    –",
        "Gamma      2       1    2",
        "Alfa       –       –    –",
    ]


def test_the_same_file_gives_the_same_ranks(file, run):
    assert run("ranks", file(THREE), "--json").out == run("ranks", file(THREE), "--json").out


# files


@pytest.mark.parametrize(
    "content",
    [
        THREE.replace(",", ";"),  # semicolons
        THREE.replace(",", "\t"),  # tabs
        "\ufeff" + THREE,  # a byte order mark
        THREE.replace("\n", "\r\n"),  # Windows line ends
        THREE.replace("name", " Name ").replace("se\n", "SE\n"),  # capitals and spaces in the header
        THREE + "\n,,\n",  # blank rows
        THREE.replace("\n", ",\n"),  # a column without a name, as Excel leaves behind
        THREE.replace("Beta,80,1", 'Beta,"80,0","1,0"'),  # a decimal comma in quotation marks
        THREE.replace("estimate", "extra,estimate")
        .replace(",80", ",nej,80")
        .replace(",79", ",,79")
        .replace(",50", ",,50"),
    ],
)
def test_files_of_every_make_are_read_alike(file, run, content):
    assert run("ranks", file(content), "--json").document == run("ranks", file(THREE), "--json").document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_swedish_letters_survive_every_encoding(file, run, encoding):
    content = "area;numerator;denominator\nÅsele hälsocentral;1 204;2\u00a0400\n"
    row = run("funnel", file(content, encoding), "--json").document["rows"][0]
    assert (row["area"], row["value"]) == ("Åsele hälsocentral", 1204 / 2400)


def test_a_negative_number_may_be_typeset(file, run):
    document = run("ranks", file("name;estimate;se\nA;\u22125,5;1\nB;-9;1\n"), "--json").document
    assert [row["name"] for row in document["rows"]] == ["A", "B"]


@pytest.mark.parametrize(
    ("command", "content", "problems"),
    [
        ("ranks", "", ["Filen har inga rader."]),
        ("ranks", "\n\n", ["Filen har inga rader."]),
        ("ranks", "name,estimate,se\n", ["Filen har inga rader."]),
        ("ranks", b"name,estimate,se\nA\x00,1,1\n", ["Filen är inte text. Spara den som CSV (UTF-8)."]),
        ("ranks", b"\xff\xfea", ["Filen är inte text. Spara den som CSV (UTF-8)."]),
        ("ranks", 'name,estimate,se\n"A,1,1\n', ["Rad 2: citattecknen går inte ihop."]),
        ("ranks", "name,estimate,se,se\nA,1,1,1\n", ["Rubrikraden har samma kolumn två gånger: se."]),
        (
            "ranks",  # every problem at once
            "name,estimate,se\nA,hög,1\n,5,-1\nC,1e999,nan\n",
            [
                "Rad 3, kolumn name: uppgiften saknas.",
                'Rad 2, kolumn estimate: "hög" är inte ett tal. Lämna rutan tom om uppgiften saknas.',
                'Rad 4, kolumn estimate: "1e999" är inte ett tal. Lämna rutan tom om uppgiften saknas.',
                "Rad 3, kolumn se: -1 är negativt.",
                'Rad 4, kolumn se: "nan" är inte ett tal. Lämna rutan tom om uppgiften saknas.',
            ],
        ),
        (
            "ranks",  # decimal commas between field commas
            "name,estimate,se\nA,63,4,1,5\n",
            [
                "Rad 2 har 5 fält, rubrikraden har 3. "
                "Står decimalkomma utan citattecken i en fil med komma mellan fälten?"
            ],
        ),
        (
            "funnel",
            "area,numerator,denominator\nA,11,10\nB,-1,10\n",
            ["Rad 2: numerator är 11, mer än denominator (10).", "Rad 3, kolumn numerator: -1 är negativt."],
        ),
        (
            "xmr",
            "period,value\n2024-01,1\n2024-01,2\n",
            ['Rad 3, kolumn period: "2024-01" finns redan på en tidigare rad.'],
        ),
    ],
)
def test_a_bad_file_is_refused_with_every_problem(file, run, command, content, problems):
    made = file(content)
    ran = run(command, made)
    assert ran.err.splitlines() == [f"{made}: inget räknades", *(f"  {problem}" for problem in problems)]
    assert (ran.code, ran.out) == (1, "")


def test_a_refusal_is_a_document_for_machines_and_in_the_asked_language(file, run):
    made = file("name,estimate,se\nA,high,1\n")
    ran = run("--language", "en", "ranks", made, "--json")
    assert ran.document == {
        "error": f"{made}: nothing was computed\n"
        '  Row 2, column estimate: "high" is not a number. Leave the cell empty if the figure is missing.'
    }
    assert ran.code == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("year,count,denominator\n20,5,10\n2020,5,10\n2020,6,10\n", 'Rad 2, kolumn year: "20" är inget årtal.'),
        (
            "year,count,denominator\n2020,5,10\n2020,6,10\n",
            'Rad 3, kolumn year: "2020" finns redan på en tidigare rad.',
        ),
        ("year,count,denominator\n,5,10\n", "Rad 2, kolumn year: uppgiften saknas."),
        ("year,count,denominator\n2020,11,10\n", "Rad 2: count är 11, mer än denominator (10)."),
        ("year,value,low,high\n2020,5,6,4\n", "Rad 2: low är 6, mer än high (4)."),
    ],
)
def test_a_bad_series_is_refused(file, trend, content, problem):
    code, _, err = trend(file(content))
    assert (code, err.splitlines()[1].strip()) == (1, problem)


@pytest.mark.parametrize(
    ("command", "header", "missing"),
    [
        ("ranks", "name,estimate", "kolumnen se saknas. Filen har name, estimate; den ska ha name,estimate,se."),
        ("funnel", "unit", "kolumnen area, numerator, denominator saknas."),
        ("xmr", "value", "kolumnen period saknas."),
    ],
)
def test_a_missing_column_is_wrong_usage(file, run, command, header, missing):
    ran = run(command, file(f"{header}\n1\n"))
    assert (ran.code, missing in ran.err) == (2, True)


def test_a_series_of_neither_kind_is_wrong_usage(file, trend):
    code, _, err = trend(file("year,value,low\n2020,1,1\n"))
    assert "kolumnen high saknas" in err
    assert "year,count,denominator eller year,value,low,high" in err
    assert code == 2


@pytest.mark.parametrize("command", ["funnel", "xmr", "ranks"])
def test_a_file_that_is_not_there_is_wrong_usage(tmp_path, run, command):
    ran = run(command, tmp_path / "borta.csv")
    assert (ran.code, ran.err.strip()) == (2, f"{tmp_path / 'borta.csv'}: filen finns inte.")


def test_a_folder_cannot_be_read(tmp_path, run):
    ran = run("ranks", tmp_path)
    assert (ran.code, "går inte att läsa" in ran.err) == (1, True)


@pytest.mark.parametrize("command", ["funnel", "xmr", "ranks"])
def test_an_unknown_option_is_wrong_usage(file, run, command):
    assert run(command, file(THREE), "--antal", 5).code == 2


def test_no_store_is_needed_or_made(file, run, tmp_path):
    assert run("funnel", file(UNITS)).code == 0
    assert [found.name for found in tmp_path.iterdir()] == ["fil.csv"]
