"""Local mode: a server told to listen to others does not start."""

import subprocess

import pytest

from models.settings import PROJECT
from tests.browser.conftest import command, free_port


@pytest.mark.slow
def test_a_server_on_another_address_does_not_start() -> None:
    asked = command(free_port(), "--server.address", "0.0.0.0")
    done = subprocess.run(asked, cwd=PROJECT, capture_output=True, timeout=60, text=True, check=False)
    assert done.returncode == 2
    assert "lokalt läge" in done.stderr
