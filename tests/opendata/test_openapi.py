"""The OpenAPI document is true: what it allows is answered as it says, and what it does not is refused in words."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from locales import LANGUAGES
from models import Store
from opendata.asked import PARAMETERS
from opendata.openapi import openapi
from opendata.resources import RESOURCES
from tests.opendata.conftest import SITE, Asking

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
    assert list(document["paths"]) == [f"/api/v1/{name}" for name in RESOURCES]
    for name, resource in RESOURCES.items():
        operation = document["paths"][f"/api/v1/{name}"]["get"]
        assert [one["name"] for one in operation["parameters"]] == list(resource.takes)
        assert [one["name"] for one in operation["parameters"] if one["required"]] == list(resource.needs)
        assert all(one["description"] for one in operation["parameters"])
    used = {name for resource in RESOURCES.values() for name in resource.takes}
    assert used | {"value"} == set(PARAMETERS)  # `value` is the check's


def test_the_document_is_served_in_the_asked_language(sample: Asking) -> None:
    assert sample("/api/v1/openapi.json?lang=en").json() == openapi(SITE, "en")
    assert sample("/api/v1/openapi.json?lang=de").status_code == 400
