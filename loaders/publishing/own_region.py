"""Replies to an audit are a region's own: whoever hands them in does so for the region they answer for."""

from access import Actor
from indicators import catalogue
from loaders.checked import CheckedFile
from loaders.refusals import DeskRefused


def refuse_other_regions(checked: CheckedFile, by: Actor) -> None:
    """Raises DeskRefused where a file holds replies of another region than the person's own. The one at the machine
    itself may hand in any."""
    if by.local or "reply" not in checked.records:
        return
    codes = sorted(set(checked.records["reply"]["region"]))
    if codes == [by.region]:
        return
    names = {code: catalogue().regions[code].name for code in catalogue().region_codes}
    told = ", ".join(names[code] for code in codes)
    if not by.region:
        raise DeskRefused("no_region", regions=told)
    raise DeskRefused("other_region", regions=told, own=names[by.region])
