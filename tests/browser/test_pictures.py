"""A reader takes a picture from a chart: it says by itself what it shows, in its name too."""

import re
from typing import Literal

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from charts.colours import COLOURS, INK
from tests.browser.desk import settled

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers")]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (
            "trust?lang=sv&period=2023&indicator=trust_overall",
            "fortroende-for-halso-och-sjukvarden-i-sin-helhet-per-ar.png",
        ),
        (
            "trust?lang=sv&period=2023&indicator=trust_overall&show=places",
            "plats-bland-regionerna-fortroende-varden-i-sin-helhet-2023.png",
        ),
        (
            "phone?lang=sv&synthetic=1&indicator=calls_answered",
            "syntetiskt-pahittade-exempeldata-besvarade-samtal-pa-1177-per-manad.png",
        ),
    ],
)
def test_the_picture_is_named_by_its_content(address: str, watched: Page, path: str, name: str) -> None:
    watched.goto(f"{address}/{path}")
    settled(watched)
    chart = watched.get_by_test_id("stVegaLiteChart").first
    expect(chart.locator("svg")).to_be_visible()
    shown = " ".join(chart.locator(".role-title text").all_text_contents())
    assert "Uppgifterna som de stod" in shown
    # In the picture that is taken; on the page the card ends with the plot.
    expect(chart.locator(".role-title")).to_have_css("visibility", "hidden")
    svg, title = chart.locator("svg").bounding_box(), chart.locator(".role-title").bounding_box()
    drawn = chart.bounding_box()
    assert svg is not None
    assert title is not None
    assert drawn is not None
    assert drawn["y"] + drawn["height"] <= title["y"] + 2 < svg["y"] + svg["height"]
    chart.hover()
    with watched.expect_download() as waiting:
        watched.get_by_role("button", name=re.compile("PNG")).first.dispatch_event("click")
    assert waiting.value.suggested_filename == name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_has_the_pages_colours_and_a_picture_taken_from_it_is_light(
    address: str, watched: Page, scheme: Literal["light", "dark"]
) -> None:
    watched.emulate_media(color_scheme=scheme)
    watched.goto(f"{address}/trust?lang=sv&period=2023&indicator=trust_overall")
    settled(watched)
    chart = watched.get_by_test_id("stVegaLiteChart").first
    place = ["light", "dark"].index(scheme)
    for part, name in {"svg": "card", ".role-axis-label text": "ink"}.items():
        red, green, blue = (int(COLOURS[name][place][at : at + 2], 16) for at in (1, 3, 5))
        painted = "background-color" if part == "svg" else "fill"
        expect(chart.locator(part).first).to_have_css(painted, f"rgb({red}, {green}, {blue})")
    chart.hover()
    with watched.expect_download() as waiting:
        watched.get_by_role("button", name=re.compile("PNG")).first.dispatch_event("click")
    with Image.open(waiting.value.path()) as taken:
        assert taken.convert("RGB").getpixel((0, 0)) == (255, 255, 255)
        ink = tuple(int(INK[at : at + 2], 16) for at in (1, 3, 5))
        assert ink in {colour for _, colour in taken.convert("RGB").getcolors(taken.width * taken.height)}


def test_a_picture_is_copied_or_saved(address: str, watched: Page) -> None:
    watched.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.goto(f"{address}/trust?lang=sv&period=2023&indicator=trust_overall")
    settled(watched)
    watched.get_by_role("button", name="Hämta", exact=True).nth(2).click()
    watched.get_by_role("button", name="Kopiera bild", exact=True).click()
    expect(watched.get_by_role("status").filter(has_text="Bilden är kopierad")).to_be_visible()
    held = watched.evaluate("async () => (await navigator.clipboard.read())[0].types")
    assert held == ["image/png"]
    with watched.expect_download() as waiting:
        watched.get_by_role("button", name="PNG, smal", exact=True).click()
    assert waiting.value.suggested_filename == (
        "fortroende-for-halso-och-sjukvarden-i-sin-helhet_six_2016_2025_smal.png"
    )
