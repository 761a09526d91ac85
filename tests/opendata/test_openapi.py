"""The OpenAPI document is true: what it allows is answered as it says, and what it does not is refused in words."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.routing import Route

from locales import LANGUAGES
from models import Store
from opendata import open_data_app
from opendata.asked import PARAMETERS
from opendata.openapi import PLACES, openapi
from opendata.resources import RESOURCES
from tests.opendata.conftest import SITE, Asking
from views.permalinks import code_of

pytestmark = pytest.mark.one_engine("the document of addresses")

load_all_checks()


@pytest.fixture(scope="session")
def described(served: str) -> BaseSchema:
    schema = schemathesis.openapi.from_url(f"{served}/api/v1/openapi.json")
    schema.config.update(base_url=served)
    return schema


@pytest.mark.parametrize("name", RESOURCES)
@pytest.mark.parametrize("mode", GenerationMode)
def test_every_answer_is_as_the_document_says(
    described: BaseSchema, sample_store: Store, name: str, mode: GenerationMode
) -> None:
    operation = described[f"/api/v1/{name}"]["GET"]

    @given(operation.as_strategy(generation_mode=mode))
    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    def answered(case: schemathesis.Case) -> None:
        # A period or a benchmark that can be written need not exist: that is refused, and no fault of the document's.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    answered()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_has_every_table_and_parameter_in_words(language: str) -> None:
    document = openapi(SITE, language)
    assert list(document["paths"]) == [*(f"/api/v1/{name}" for name in RESOURCES), *PLACES]
    for name, resource in RESOURCES.items():
        operation = document["paths"][f"/api/v1/{name}"]["get"]
        assert [one["name"] for one in operation["parameters"]] == list(resource.takes)
        assert [one["name"] for one in operation["parameters"] if one["required"]] == list(resource.needs)
        assert all(one["description"] for one in operation["parameters"])
    used = {name for resource in RESOURCES.values() for name in resource.takes}
    assert used | {"value"} == set(PARAMETERS)  # `value` is the check's


def test_the_document_has_every_address_there_is(sample: Asking) -> None:
    app = open_data_app(lambda: None, lambda _scope: "reader")  # type: ignore[arg-type,return-value]
    assert {route.path for route in app.routes if isinstance(route, Route)} == {*PLACES, "/api/v1/{name}"}


EXAMPLES = {
    "/api/v1/datapackage/{name}.zip": "/api/v1/datapackage/nki_phone.zip",
    "/api/v2/tables/{id}": "/api/v2/tables/nki_phone",
    "/api/v2/tables/{id}/metadata": "/api/v2/tables/nki_phone/metadata",
    "/api/v2/tables/{id}/defaultselection": "/api/v2/tables/nki_phone/defaultselection",
    "/api/v2/tables/{id}/data": "/api/v2/tables/nki_phone/data?outputFormat=csv",
    "/api/v2/codelists/{id}": "/api/v2/codelists/six",
    "/datasets/{name}": "/datasets/nki_phone",
    "/feed/{kind}/{name}.xml": "/feed/region/25.xml",
    "/embed/{kind}": "/embed/regions?indicator=nki_phone",
    "/check": "/check?indicator=nki_phone",
    "/check/{code}": f"/check/{code_of('trust', {'indicator': 'trust_overall', 'lang': 'sv'})}",
    "/p/{code}": f"/p/{code_of('trust', {'indicator': 'trust_overall', 'lang': 'sv'})}",
}
"""An address of each path that has a name in it, or needs a parameter."""


def test_every_address_beside_the_tables_answers_as_it_says(sample: Asking) -> None:
    document = openapi(SITE, "sv")
    operations = [one for path in PLACES for one in document["paths"][path].values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    for path, place in PLACES.items():
        answer = sample(EXAMPLES.get(path, path))
        assert answer.status_code == place.status, path
        if place.types:
            assert answer.headers["content-type"].partition(";")[0] in place.types, path
        for name in place.takes:
            refused = sample(f"{EXAMPLES.get(path, path).partition('?')[0]}?{name}=%00&{name}=%00")
            assert refused.status_code in (400, place.status), (path, name)
    assert "as_of är vårt eget tillägg" in document["paths"]["/api/v2/tables/{id}/data"]["post"]["summary"]


def test_the_document_is_served_in_the_asked_language(sample: Asking) -> None:
    assert sample("/api/v1/openapi.json?lang=en").json() == openapi(SITE, "en")
    assert sample("/api/v1/openapi.json?lang=de").status_code == 400
