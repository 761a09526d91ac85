"""E-services go by every name files have for them, and no name is two services'."""

import pytest

from indicators import EService, Words, catalogue
from indicators.names import service_names


@pytest.mark.parametrize(
    ("printed", "service"),
    [
        ("Beställa tid", "request_appointment"),
        ("Av/omboka", "reschedule_appointment"),
        ("Av- och omboka tid", "reschedule_appointment"),
        ("AV–  och omboka", "reschedule_appointment"),
        ("Begär intyg", "request_certificate"),
        ("Boka tid (webbtidbok)", "book_appointment"),
        ("1177 inkorg/digitala kallelser", "inbox"),
        ("Omboka", None),
        ("", None),
    ],
)
def test_a_printed_name_means_one_service_or_none(printed: str, service: str | None) -> None:
    found = catalogue().service_named(printed)

    assert (found.id if found else None) == service


def test_a_name_of_two_services_is_refused() -> None:
    first = EService(id="first", title=Words(sv="Boka tid", en="Book"), synonyms=("Tidbok",))
    second = EService(id="second", title=Words(sv="Beställ tid", en="Request"), synonyms=("tid-bok", "TIDBOK"))

    with pytest.raises(ValueError, match="tidbok is claimed by both first and second"):
        service_names({"first": first, "second": second})
