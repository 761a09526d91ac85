"""Has it been so in one survey, or in all of them? A sentence per region, or per indicator on a region's page."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis import Comparison
from analysis.over_waves import OverWaves, over_waves
from analysis.told import level_words
from ui import certainty
from ui.cache import kept, view_key
from ui.escape import plain
from ui.notes import bullets
from ui.profile.page import Profile
from ui.visit import Visit
from wording.over_waves import over_waves_in_words, titled


def against_riket(visit: Visit, comparison: Comparison, chosen: Sequence[str]) -> None:
    """Each chosen region against riket over the surveys of the comparison's indicator; nothing where there is one."""
    indicator, level, sex = comparison.indicator, comparison.level, comparison.sex
    key = view_key(visit, "over waves", indicator.id, sex, str(level), tuple(chosen))

    def told() -> list[str]:
        found = over_waves(visit.store, indicator, chosen, sex=sex, level=level, as_of=visit.as_of)
        return [_sentence(one, visit.language, "region") for one in found]

    about = plain(visit.say("over_waves.about", level=level_words(level, visit.language)))
    certainty.part(visit, "over_waves.heading", kept(key, told), about)


def profile_over_waves(profile: Profile) -> None:
    """The region against riket over the surveys of every indicator that says how things stand, strongest first."""
    sentences = kept(("over waves", *profile.key), partial(_of_profile, profile))
    if sentences:
        st.header(profile.visit.say("over_waves.heading"), anchor=False)
        level = level_words(profile.level, profile.visit.language)
        st.markdown(plain(profile.visit.say("over_waves.about", level=level)))
        bullets(sentences)


def _of_profile(profile: Profile) -> list[str]:
    visit = profile.visit
    found = [
        one
        for finding in profile.findings.current
        for one in over_waves(
            visit.store,
            finding.comparison.indicator,
            [profile.region],
            level=profile.level,
            as_of=visit.as_of,
            include_synthetic=profile.synthetic,
        )
    ]
    return [_sentence(one, visit.language, "indicator") for one in found]


def _sentence(found: OverWaves, language: str, by: str) -> str:
    return f"**{plain(titled(found, language, by=by))}:** {plain(over_waves_in_words(found, language))}"
