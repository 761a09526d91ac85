"""`/datasets/dcat`: the catalogue in DCAT-AP-SE 3.0.1 as RDF/XML, for the national data portal. A dataset is an
indicator; those of which there are only made-up examples are left out.

The specification: https://docs.dataportal.se/dcat/3.0.1/en/; its templates and advice: diggsweden/DCAT-AP-SE.
"""

from collections.abc import Callable, Iterable
from typing import Final

import polars as pl
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from analysis import catalogue_status
from indicators import Indicator, catalogue, period_of
from locales import LANGUAGES, text
from models import Store, settings
from opendata.asked import understood
from opendata.plain_api import Standing, standing
from opendata.replies import Ready, base_of, kept, sent

TYPE: Final = "application/rdf+xml"
_VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
_EU: Final = "http://publications.europa.eu/resource/authority"
_HEALTH: Final = URIRef(f"{_EU}/data-theme/HEAL")
_SWEDEN: Final = URIRef(f"{_EU}/country/SWE")
_PUBLIC: Final = URIRef(f"{_EU}/access-right/PUBLIC")
_TONGUES: Final = {"sv": URIRef(f"{_EU}/language/SWE"), "en": URIRef(f"{_EU}/language/ENG")}
_PUBLISHER_KIND: Final = URIRef("http://purl.org/adms/publishertype/RegionalAuthority")
_CC0: Final = URIRef("http://creativecommons.org/publicdomain/zero/1.0/")
"""The licence of the catalogue itself, which the specification gives; the datasets' own is a setting."""
_FORMS: Final = (
    ("json", "application/json", "v1", "observations?indicator={name}"),
    ("csv", "text/csv", "v1", "observations?indicator={name}&format=csv"),
    ("parquet", "application/vnd.apache.parquet", "v1", "observations?indicator={name}&format=parquet"),
    ("jsonstat", "application/json", "v2", "tables/{name}/data?valueCodes%5BTid%5D=*"),
    ("datapackage", "application/zip", "v1", "datapackage/{name}.zip"),
)
"""Each way to a dataset: its words (`open_api.dcat.form.<name>`), media type, service, address under it."""
_FILES: Final = ("csv", "parquet", "datapackage")


def routes(store: Callable[[], Store]) -> list[Route]:
    def whole(request: Request) -> Response:
        understood((), request.query_params.multi_items())
        opened = store()
        return sent(request, _ready(opened, standing(opened), base_of(request)))

    def dataset(request: Request) -> Response:
        """A dataset's own address leads to the page about it."""
        name = request.path_params["name"]
        if name not in catalogue().indicators:
            raise HTTPException(404)
        return RedirectResponse(f"{base_of(request)}/indicator?indicator={name}", status_code=303)

    return [Route("/datasets/dcat", whole), Route("/datasets/{name}", dataset)]


@kept
def _ready(store: Store, _standing: Standing, base: str) -> Ready:
    return Ready(described(store, base).serialize(format="pretty-xml").encode(), TYPE)


def described(store: Store, base: str) -> Graph:
    """The catalogue's graph; `base`: the site's address."""
    graph = Graph()
    graph.bind("vcard", _VCARD)
    whole, publisher = URIRef(f"{base}/datasets/dcat"), URIRef(settings().publisher_url or f"{base}/#publisher")
    _add(graph, publisher, (RDF.type, FOAF.Agent), (FOAF.name, Literal(settings().publisher)))
    _add(graph, publisher, (DCTERMS.type, _PUBLISHER_KIND))
    _add(graph, _PUBLISHER_KIND, (RDF.type, URIRef("http://www.w3.org/2004/02/skos/core#Concept")))
    status = {row["indicator"]: row for row in _with_figures(store).iter_rows(named=True)}
    services = [
        _service(graph, base, publisher, version, description)
        for version, description in (("v1", "/api/v1/openapi.json"), ("v2", "/api/v2/config"))
    ]
    latest = max((row["published_at"] for row in status.values()), default="")
    _add(
        graph,
        whole,
        (RDF.type, DCAT.Catalog),
        *_said(DCTERMS.title, "open_api.dcat.title"),
        *_said(DCTERMS.description, "open_api.dcat.about"),
        (DCTERMS.publisher, publisher),
        (DCTERMS.license, _CC0),
        (FOAF.homepage, URIRef(f"{base}/")),
        (DCAT.themeTaxonomy, URIRef(f"{_EU}/data-theme")),
        *((DCTERMS.language, one) for one in _TONGUES.values()),
        *([(DCTERMS.modified, Literal(latest[:10], datatype=XSD.date))] if latest else []),
        *((DCAT.service, one) for one in services),
    )
    for licence in (_CC0, _licence()):
        _add(graph, licence, (RDF.type, DCTERMS.LicenseDocument))
    _add(graph, URIRef(f"{base}/"), (RDF.type, FOAF.Document))
    for name, row in status.items():
        dataset = _dataset(graph, base, publisher, catalogue().indicators[name], row)
        _add(graph, whole, (DCAT.dataset, dataset))
        for service in services:
            _add(graph, service, (DCAT.servesDataset, dataset))
    return graph


def _licence() -> URIRef:
    """The datasets' licence; one of Creative Commons by the name that the specification lists it under."""
    return URIRef(settings().licence_url.replace("https://creativecommons.org/", "http://creativecommons.org/"))


def _with_figures(store: Store) -> pl.DataFrame:
    return catalogue_status(store).filter(~pl.col("synthetic"))


def _add(graph: Graph, about: Node, *told: tuple[Node, Node]) -> None:
    for predicate, said in told:
        graph.add((about, predicate, said))


def _said(predicate: URIRef, key: str, **values: object) -> list[tuple[Node, Node]]:
    """The same words in every language."""
    return [(predicate, Literal(text(key, one, **values), lang=one)) for one in LANGUAGES]


def _service(graph: Graph, base: str, publisher: URIRef, version: str, description: str) -> URIRef:
    address = URIRef(f"{base}/api/{version}")
    _add(
        graph,
        address,
        (RDF.type, DCAT.DataService),
        *_said(DCTERMS.title, f"open_api.dcat.service.{version}"),
        (DCAT.endpointURL, address),
        (DCAT.endpointDescription, URIRef(base + description)),
        (DCTERMS.publisher, publisher),
        (DCTERMS.license, _licence()),
        (DCTERMS.accessRights, _PUBLIC),
        *_contact(graph, base),
    )
    return address


def _contact(graph: Graph, base: str) -> Iterable[tuple[Node, Node]]:
    """Who answers about the data, where that is set: a contact without an address is none."""
    if not settings().contact_email:
        return []
    contact = URIRef(f"{base}/#contact")
    _add(graph, contact, (RDF.type, _VCARD.Organization), (_VCARD.fn, Literal(settings().publisher)))
    _add(graph, contact, (_VCARD.hasEmail, URIRef(f"mailto:{settings().contact_email}")))
    return [(DCAT.contactPoint, contact)]


def _dataset(graph: Graph, base: str, publisher: URIRef, indicator: Indicator, row: dict[str, str]) -> URIRef:
    dataset = URIRef(f"{base}/datasets/{indicator.id}")
    page = URIRef(f"{base}/indicator?indicator={indicator.id}")
    span = BNode(f"span-{indicator.id}")
    first, last = period_of(row["first_period"]), period_of(row["latest_period"])
    followers = [
        one for one in catalogue().indicators.values() if one.predecessor and one.predecessor.id == indicator.id
    ]
    _add(
        graph,
        span,
        (RDF.type, DCTERMS.PeriodOfTime),
        (DCAT.startDate, Literal(first.start)),
        *([(DCAT.endDate, Literal(last.end))] if followers else []),  # no end for what goes on
    )
    _add(graph, page, (RDF.type, FOAF.Document))
    _add(
        graph,
        dataset,
        (RDF.type, DCAT.Dataset),
        *((DCTERMS.title, Literal(indicator.title.in_language(one), lang=one)) for one in LANGUAGES),
        *_said(DCTERMS.description, "open_api.dcat.dataset", question=indicator.question_sv, source=indicator.source),
        (DCTERMS.identifier, Literal(str(dataset))),
        (DCTERMS.publisher, publisher),
        (DCTERMS.accessRights, _PUBLIC),
        (DCTERMS.spatial, _SWEDEN),
        (DCTERMS.temporal, span),
        (DCTERMS.modified, Literal(row["published_at"][:10], datatype=XSD.date)),
        (DCAT.theme, _HEALTH),
        (DCAT.landingPage, page),
        *((DCAT.keyword, Literal(text(f"areas.{indicator.area}", one), lang=one)) for one in LANGUAGES),
        *((DCTERMS.language, one) for one in _TONGUES.values()),
        *_contact(graph, base),
    )
    for name, kind, service, pattern in _FORMS:
        way = URIRef(f"{dataset}#{name}")
        address = URIRef(f"{base}/api/{service}/{pattern.format(name=indicator.id)}")
        _add(
            graph,
            way,
            (RDF.type, DCAT.Distribution),
            *_said(DCTERMS.title, f"open_api.dcat.form.{name}"),
            (DCAT.accessURL, address),
            *([(DCAT.downloadURL, address)] if name in _FILES else []),
            (DCAT.accessService, URIRef(f"{base}/api/{service}")),
            (DCTERMS.format, Literal(kind)),
            (DCTERMS.license, _licence()),
        )
        _add(graph, dataset, (DCAT.distribution, way))
    return dataset
