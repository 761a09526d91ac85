"""Writes every sample file and README.md anew: `python sample_data/rebuild.py PATH_TO_REFERENCE`."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if not __package__:  # run as a script, only this folder is on the path
    sys.path.insert(0, str(HERE.parent))

from sample_data.building.figures import read_figures  # noqa: E402
from sample_data.building.phone import phone_files  # noqa: E402
from sample_data.building.published import published_files  # noqa: E402
from sample_data.building.readme import FIGURES_FILE, readme  # noqa: E402
from sample_data.building.supply import supply_files  # noqa: E402
from sample_data.building.synthetic import synthetic_files  # noqa: E402
from sample_data.building.workbook import figures_workbook  # noqa: E402


def build(reference: Path) -> dict[str, bytes]:
    """Every file of this folder as {name: bytes}, made from the reference folder."""
    kept, left_out = read_figures(reference)
    return {
        **{name: make(reference) for name, make in published_files().items()},
        FIGURES_FILE: figures_workbook(kept),
        **synthetic_files(),
        **phone_files(),
        **supply_files(),
        "README.md": readme(left_out),
    }


def main(arguments: list[str], target: Path = HERE) -> int:
    """Writes every file into `target`. Exit 0 when written, 2 when the reference folder is not named or not there."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python sample_data/rebuild.py PATH_TO_REFERENCE\n")
        return 2
    for name, content in build(Path(arguments[0])).items():
        (target / name).write_bytes(content)
        sys.stdout.write(f"{name}: {len(content)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
