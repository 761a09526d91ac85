"""Publishes, withdraws and restores until it is killed: `python -m tests.crash_child`.

Imports take a second, and a kill needs a process of its own: for each seed on stdin the process forks a child, which
prints its number when its files are checked and publishing begins. The parent itself never opens a store.
"""

import os
import sys
import time
from dataclasses import replace

from access import LOCAL_CLI
from indicators import catalogue
from loaders import check_file, publish_file, restore_upload, withdraw_upload
from models import open_store
from tests.loaders.files import csv_bytes, template

_FILES = 6


def content(seed: int) -> bytes:
    """20 regions × 20 years of made-up figures, others for each seed."""
    codes = [code for code in catalogue().regions if code != "00"][:20]
    lines = [
        f"trust_hospital;{code};{year};;{40 + (seed + year) % 40},{seed % 10};;;;;;Syntetisk;"
        for code in codes
        for year in range(2000, 2020)
    ]
    return csv_bytes(template(f"trust_hospital;01;1999;;50;;;;;;Syntetisk;{seed}", *lines))


def supply(seed: int) -> bytes:
    """130 units × 6 services, other answers for each seed."""
    services = "Beställa tid;Förnya recept;Kontakta mig;Egenremiss;Begära intyg;Boka tid"
    lines = [
        f"SE2321000230-X{unit:05d};Enhet {unit};Region Norrbotten;2024-06;"
        + ";".join("Ja" if (unit * 7 + place + seed) % 3 else "Nej" for place in range(6))
        for unit in range(130)
    ]
    return csv_bytes(
        "\n".join([f"HSA-id;Enhet;Region;Period;{services};Källa", *(f"{line};{seed}" for line in lines), ""])
    )


def publish_without_end(seed: int) -> None:
    """Files of figures and of records by turns. All are checked first, so that whatever moment the kill comes it meets
    a step of publishing."""
    store, start = open_store(), seed * _FILES
    checked = [
        check_file(None, f"{number}.csv", supply(number) if number % 2 else content(number))
        for number in range(start, start + _FILES)
    ]
    sys.stdout.write(f"{os.getpid()}\n")
    sys.stdout.flush()
    for one in checked:
        done = publish_file(store, replace(one, data_version=None), by=LOCAL_CLI, note="prov", accept_warnings=True)
        withdraw_upload(store, done.upload_id, by=LOCAL_CLI, note="prov")
        restore_upload(store, done.upload_id, by=LOCAL_CLI, note="prov")
    time.sleep(60)


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            publish_without_end(int(line))
            os._exit(0)
        os.waitpid(child, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
