"""What column headers are called, in Swedish and English: which role a header's words mean."""

import re
from typing import Final

from loaders.mapping.spec import Beside, Role

_ROLE_NAMES: Final[tuple[tuple[Role, str], ...]] = (
    ("care_unit", r"hsa[- ]?id|hsaid|enhets?-?id|enhetskod|vårdenhet hsa.*|unit id|hsa"),
    ("region_code", r"(?:läns|regions?|landstings)-?\s?(?:kod|id|nr|nummer)|kod|county code|region code|code|lkod"),
    (
        "region",
        r"reg\.?|target[_ ]group|client site|site"
        r"|region(?:er|en|s)?(?:namn| name)?|landsting(?: och regioner|/region)?|län|huvudman|county|region/län"
        r"|område|geografi|area|sjukvårdshuvudman|organisation",
    ),
    ("sex", r"kön|sex|gender|kön/totalt|grupp"),
    ("year", r"(?:mät)?år|year|verksamhetsår|undersökningsår|kalenderår"),
    ("part", r"månad|mån\.?|month|kvartal|quarter|vecka|veckonr|vecka nr|week|halvår|mätning|half[- ]?year"),
    (
        "period",
        r"(?:mät)?period(?:en)?|tid|tidpunkt|datum|date|månad|month|(?:mät)?år|year|kvartal|quarter|vecka|week"
        r"|per\.?|mån\.?|wave|mätning"
        r"|år[- ]?(?:och[- ])?månad|yyyymm|åååå-?mm|mätperiod|mätomgång|time|när|uttagsperiod",
    ),
    (
        "indicator",
        r"indikator(?:namn)?|mått|mätvärde|mätetal|nyckeltal|fråga|frågeställning|delindex|dimension|variabel"
        r"|indexområde|frågeområde|kpi|measure|metric|indicator|question|tjänst|kanal|område|typ|index|item",
    ),
    ("unit", r"måttenhet|enhet|unit|uom"),
    ("source", r"källa|source|datakälla"),
    ("comment", r"kommentar(?:er)?|anmärkning(?:ar)?|remark|notering|note|notes|fotnot|comment|anm"),
)
_ROLES: Final = tuple((role, re.compile(pattern)) for role, pattern in _ROLE_NAMES)
_BESIDE_NAMES: Final[tuple[tuple[Beside, str], ...]] = (
    (
        "base_n",
        r"n[_ ](?:valid|giltiga|svar)|valid n"
        r"|(?:antal )?(?:svar(?:ande)?|respondenter|intervjuer|enkätsvar|inkomna svar)(?: \(?n\)?)?"
        r"|bas(?: \(?n\)?)?"
        r"|base(?: \(?n\)?)?|n|n ?=|antal \(?n\)?|antal bas|number of (?:answers|responses|respondents)"
        r"|respondents|responses|sample(?: size)?|obs|antal obs\w*",
    ),
    ("numerator", r"täljare|numerator"),
    ("denominator", r"nämnare(?:/antal fall)?|denominator"),
    (
        "ci_low",
        r"(?:ki|ci|konfidensintervall)\d*[-_ ,]*(?:låg|low|nedre|undre|lower).*|(?:undre|nedre) gräns"
        r"|lower(?: ci| bound| limit)?"
        r"|(?:låg|lower|undre|nedre)[ -]?(?:ki|ci).*",
    ),
    (
        "ci_high",
        r"(?:ki|ci|konfidensintervall)\d*[-_ ,]*(?:hög|high|övre|upper).*|övre gräns"
        r"|upper(?: ci| bound| limit)?"
        r"|(?:hög|upper|övre)[ -]?(?:ki|ci).*",
    ),
    ("comment", r"kommentar(?:er)?|anmärkning(?:ar)?|remark|notering|note|fotnot|comment"),
)
_BESIDES: Final = tuple((role, re.compile(pattern)) for role, pattern in _BESIDE_NAMES)
BREAKDOWN: Final = re.compile(
    r"breakdown|segment|(?:under|del|ålders|bakgrunds)?grupp|nedbrytning|redovisningsgrupp|ålder|age|age group|subgroup"
)
VALUE_NAMES: Final = re.compile(
    r"värde|value|utfall|resultat|result|index|indexvärde|score|poäng|andel(?: \(?%\)?)?|procent|%|medel(?:värde)?|mean"
    r"|nki|antal|figure|siffra|tal"
)


def is_called(words: str, role: Role) -> bool:
    """Whether a header's words are a name of the role."""
    return any(role == name and pattern.fullmatch(words) for name, pattern in _ROLES)


def beside_called(words: str) -> Beside | None:
    """What belongs to a figure and goes by these words: base, counts, limits, comment. Of `nki bas` the last word."""
    for name, pattern in _BESIDES:
        if pattern.fullmatch(words):
            return name
    for name, pattern in _BESIDES:
        if re.search(rf"(?:^|[\s|,(-])(?:{pattern.pattern})\)?$", words) and name != "comment":
            return name
    return None
