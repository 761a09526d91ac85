"""One step on the store that DATABASE_URL names, said on stdout when it begins and how it ended:
`python -m tests.chaos.victim STEP [FILE]`. Imports are done by then: a kill meets the step itself."""

import sys
from pathlib import Path

from access import LOCAL_CLI
from loaders import check_file, publish_file, stage_file
from locales.refused import Refused
from models import open_store
from models.backup import copy_store
from tests import crash_child


def step(name: str, file: str) -> None:
    if name == "migrate":
        began()
        open_store().close()
        return
    store = open_store()
    checked = check_file(None, "fil.csv", crash_child.content(1))
    began()
    if name == "backup":
        copy_store(store, Path(file))
    else:
        by = {"publish": publish_file, "upload": stage_file}[name]
        more = {"accept_warnings": True} if name == "publish" else {}
        by(store, checked, by=LOCAL_CLI, note="prov", **more)
    store.close()


def began() -> None:
    sys.stdout.write("began\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        step(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
    except Refused as refused:
        sys.stdout.write(f"refused: {refused.message('sv')}\n")
    else:
        sys.stdout.write("done\n")
