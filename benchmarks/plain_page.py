"""A region's profile as Streamlit's own guide would have it written: pandas, `st.cache_data` around the reading, Altair
charts built where they are drawn. The same questions as ours, without provenance, vintages or small numbers.

    DATABASE_URL=sqlite:///… python -m streamlit run benchmarks/plain_page.py
"""

import os
import sqlite3

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st  # noqa: TID251 (this is the page ours is measured against)

_QUERY = """
SELECT o.indicator, o.region, o.period, o.value, o.base_n, o.ci_low, o.ci_high, u.file FROM observation o
JOIN upload u ON u.id = o.upload_id JOIN publication p ON p.upload_id = u.id
WHERE o.sex = 'T' AND o.care_unit = '' AND u.status = 'published' ORDER BY p.id
"""


@st.cache_data
def read(url: str) -> pd.DataFrame:
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        rows = pd.read_sql(_QUERY, connection)
    return rows.drop_duplicates(["indicator", "region", "period"], keep="last")


def with_interval(rows: pd.DataFrame) -> pd.DataFrame:
    share, answers, z = rows["value"] / 100, rows["base_n"].fillna(500) / 1.5, 1.96
    middle = (share + z**2 / (2 * answers)) / (1 + z**2 / answers)
    half = z / (1 + z**2 / answers) * np.sqrt(share * (1 - share) / answers + z**2 / (4 * answers**2))
    low, high = (middle - half) * 100, (middle + half) * 100
    return rows.assign(low=rows["ci_low"].fillna(low), high=rows["ci_high"].fillna(high))


def trend(rows: pd.DataFrame, region: str) -> alt.LayerChart:
    shown = rows[rows["region"].isin([region, "00"])]
    base = alt.Chart(shown).encode(x="period:O", color="region:N")
    scale = alt.Scale(zero=False)
    return (
        base.mark_area(opacity=0.2).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
        + base.mark_line().encode(y=alt.Y("value:Q", scale=scale))
        + base.mark_point().encode(y=alt.Y("value:Q", scale=scale), tooltip=["region", "period", "value"])
    )


data = read(os.environ["DATABASE_URL"])
st.title("Region")
left, right = st.columns(2)
chosen = left.selectbox("Region", sorted(set(data["region"]) - {"00"}), index=20)
shares = data[data["value"].between(0, 100)]
counts = shares[shares["region"] == chosen].groupby("indicator").size().sort_values(ascending=False)
picked = right.multiselect("Mått", list(counts.index), default=list(counts.index[:4]))
lines = []
for name in counts.index:
    of = with_interval(shares[shares["indicator"] == name])
    latest = of["period"].max()
    now = of[of["period"] == latest].set_index("region")
    if chosen in now.index and "00" in now.index:
        own, nation = now.loc[chosen], now.loc["00"]
        word = "bättre" if own["low"] > nation["high"] else "sämre" if own["high"] < nation["low"] else "lika"
        place = int(now.drop("00")["value"].rank(ascending=False).loc[chosen])
        lines.append((name, latest, own["value"], nation["value"], word, place, own["file"]))
st.metric("Sämre än riket", sum(line[4] == "sämre" for line in lines))
st.dataframe(pd.DataFrame(lines, columns=["Mått", "Period", "Värde", "Riket", "Bedömning", "Plats", "Fil"]))
for name in picked:
    st.subheader(name)
    st.altair_chart(trend(with_interval(shares[shares["indicator"] == name]), chosen), width="stretch")
st.download_button("CSV", shares.to_csv(index=False).encode(), "figures.csv")
