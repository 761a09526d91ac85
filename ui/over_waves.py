"""Has it been so in one survey, or in all of them? A sentence per region, or per indicator on a region's page."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from analysis import Comparison
from analysis.over_waves import OverWaves, over_waves
from analysis.told import level_words
from ui.cache import kept, view_key
from ui.escape import plain
from ui.frame import Frame
from ui.notes import bullets
from ui.profile.page import Profile
from wording.over_waves import over_waves_in_words, titled


def against_riket(frame: Frame, comparison: Comparison, chosen: Sequence[str]) -> None:
    """Each chosen region against riket over the surveys of the comparison's indicator; nothing where there is one."""
    indicator, level, sex = comparison.indicator, comparison.level, comparison.sex
    key = view_key(frame, "over waves", indicator.id, sex, str(level), tuple(chosen))

    def told() -> list[str]:
        found = over_waves(frame.store, indicator, chosen, sex=sex, level=level, as_of=frame.as_of)
        return [_sentence(one, frame.language, "region") for one in found]

    if sentences := kept(key, told):
        with st.expander(frame.say("over_waves.heading")):
            st.markdown(plain(frame.say("over_waves.about", level=level_words(level, frame.language))))
            bullets(sentences)


def profile_over_waves(profile: Profile) -> None:
    """The region against riket over the surveys of every indicator that says how things stand, strongest first."""
    sentences = kept(("over waves", *profile.key), partial(_of_profile, profile))
    if sentences:
        st.header(profile.frame.say("over_waves.heading"), anchor=False)
        level = level_words(profile.level, profile.frame.language)
        st.markdown(plain(profile.frame.say("over_waves.about", level=level)))
        bullets(sentences)


def _of_profile(profile: Profile) -> list[str]:
    frame = profile.frame
    found = [
        one
        for finding in profile.findings.current
        for one in over_waves(
            frame.store,
            finding.comparison.indicator,
            [profile.region],
            level=profile.level,
            as_of=frame.as_of,
            include_synthetic=profile.synthetic,
        )
    ]
    return [_sentence(one, frame.language, "indicator") for one in found]


def _sentence(found: OverWaves, language: str, by: str) -> str:
    return f"**{plain(titled(found, language, by=by))}:** {plain(over_waves_in_words(found, language))}"
