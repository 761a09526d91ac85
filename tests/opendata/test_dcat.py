"""The catalogue is read by another library, keeps our own shapes of DCAT-AP-SE, and every way in it leads somewhere."""

from pathlib import Path
from typing import Any

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, URIRef

from indicators import catalogue
from models import Store
from tests.opendata.conftest import SITE, Asking, asking
from tests.publishing import publish

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # pyshacl asks it as it used to be asked
SHAPES = Path(__file__).parent / "dcat_shapes.ttl"
TRUST = {"indicator": "trust_overall", "region": "25", "period": "2025", "value": 50.0}
WHOLE = URIRef(f"{SITE}/datasets/dcat")
DATASET = URIRef(f"{SITE}/datasets/trust_overall")


@pytest.fixture(autouse=True)
def _published_by_a_region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_PUBLISHER", "Region Norrbotten")
    monkeypatch.setenv("DASHBOARD_PUBLISHER_URL", "https://www.norrbotten.se/")
    monkeypatch.setenv("DASHBOARD_CONTACT_EMAIL", "statistik@norrbotten.se")


def read(ask: Asking) -> Graph:
    answer = ask("/datasets/dcat")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/rdf+xml")
    return Graph().parse(data=answer.content, format="xml")


def kept(graph: Graph) -> tuple[bool, str]:
    found: Any = validate(graph, shacl_graph=str(SHAPES))
    return found[0], found[2]


@pytest.mark.slow
def test_the_catalogue_keeps_the_shapes(sample: Asking) -> None:
    graph = read(sample)
    assert kept(graph) == (True, "Validation Report\nConforms: True\n")
    assert len(set(graph.objects(WHOLE, DCAT.dataset))) > 20


@pytest.mark.parametrize(
    ("subject", "predicate"),
    [
        (WHOLE, DCTERMS.publisher),
        (WHOLE, DCTERMS.license),
        (DATASET, DCTERMS.title),
        (DATASET, DCAT.contactPoint),
        (DATASET, DCAT.theme),
        (URIRef("https://www.norrbotten.se/"), FOAF.name),
        (URIRef(f"{DATASET}#csv"), DCAT.accessURL),
        (URIRef(f"{DATASET}#csv"), DCTERMS["format"]),
        (URIRef(f"{DATASET}#csv"), DCAT.accessService),
        (URIRef(f"{SITE}/api/v1"), DCAT.endpointURL),
    ],
)
def test_the_shapes_notice_what_is_missing(ask: Asking, store: Store, subject: URIRef, predicate: URIRef) -> None:
    publish(store, [TRUST])
    graph = read(ask)
    assert kept(graph)[0]
    graph.remove((subject, predicate, None))
    assert not kept(graph)[0]


def test_titles_publisher_licence_and_contact(ask: Asking, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(store, [TRUST])
    monkeypatch.setenv("DASHBOARD_LICENCE_URL", "https://creativecommons.org/licenses/by-sa/4.0/")
    graph, title = read(ask), catalogue().indicators["trust_overall"].title
    assert set(graph.objects(DATASET, DCTERMS.title)) == {Literal(title.sv, lang="sv"), Literal(title.en, lang="en")}
    agent = graph.value(DATASET, DCTERMS.publisher)
    assert (agent, graph.value(agent, FOAF.name)) == (
        URIRef("https://www.norrbotten.se/"),
        Literal("Region Norrbotten"),
    )
    licences = {graph.value(one, DCTERMS.license) for one in graph.subjects(RDF.type, DCAT.Distribution)}
    assert licences == {URIRef("http://creativecommons.org/licenses/by-sa/4.0/")}  # as the specification lists it
    assert graph.value(WHOLE, DCTERMS.license) == URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
    assert URIRef("mailto:statistik@norrbotten.se") in set(graph.objects())


def test_only_a_series_that_another_has_followed_has_an_end(ask: Asking, store: Store) -> None:
    publish(store, [TRUST, {**TRUST, "indicator": "trust_vardcentral", "period": "2015"}])
    graph = read(ask)
    ends = {
        str(dataset).rpartition("/")[2]: graph.value(graph.value(dataset, DCTERMS.temporal), DCAT.endDate)
        for dataset in graph.objects(WHOLE, DCAT.dataset)
    }
    assert {name: str(end) for name, end in ends.items()} == {
        "trust_overall": "None",
        "trust_vardcentral": "2015-12-31",
    }


def test_every_way_to_a_dataset_answers(ask: Asking, store: Store) -> None:
    publish(store, [TRUST])
    graph = read(ask)
    ways = sorted(graph.objects(None, DCAT.accessURL))
    assert len(ways) == 5
    assert {ask(str(one)).status_code for one in ways} == {200}
    assert ask(str(next(graph.objects(None, DCAT.endpointDescription)))).status_code == 200
    page = ask(str(DATASET))
    assert (page.status_code, page.headers["location"]) == (303, f"{SITE}/indicator?indicator=trust_overall")
    assert ask("/datasets/nosuch").status_code == 404


def test_examples_are_no_open_data(store: Store) -> None:
    publish(store, [TRUST], synthetic=True)
    publish(store, [{**TRUST, "indicator": "trust_hospital"}])
    datasets = set(read(asking(store)).objects(WHOLE, DCAT.dataset))
    assert datasets == {URIRef(f"{SITE}/datasets/trust_hospital")}
