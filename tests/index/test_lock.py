"""One process owns an index folder; a dead one does not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.errors import IndexBusyError
from index.lock import Owner, Ownership, claim, owner_of

HOLD = """
import sys
from pathlib import Path
from index.lock import Ownership

ownership = Ownership(Path(sys.argv[1]))
ownership.take("http://127.0.0.1:7999")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> "subprocess.Popen[bytes]":
    """Another process that owns the folder until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    process.stdout.readline()
    yield process
    process.kill()
    process.communicate()


def test_an_owner_is_known_until_it_lets_go(tmp_path: Path) -> None:
    """Nobody owns a new folder; its owner is named with its address; afterwards nobody owns it."""
    assert owner_of(tmp_path / "new") is None
    with Ownership(tmp_path) as ownership:
        assert owner_of(tmp_path) == Owner(os.getpid())
        assert claim(tmp_path) is None
        ownership.release()
        ownership.take("http://127.0.0.1:7998")
        assert owner_of(tmp_path) == Owner(os.getpid(), "http://127.0.0.1:7998")
    assert owner_of(tmp_path) is None
    ownership.release()


def test_another_process_is_named_in_the_error(tmp_path: Path, holder: "subprocess.Popen[bytes]") -> None:
    """Who comes second is told who has the folder and what to do."""
    with pytest.raises(
        IndexBusyError, match=rf"in use by process {holder.pid} at http://127.0.0.1:7999; stop it, or set CHUKTI_HOME"
    ):
        Ownership(tmp_path).take()
    with pytest.raises(IndexBusyError):
        claim(tmp_path)
    assert owner_of(tmp_path) == Owner(holder.pid, "http://127.0.0.1:7999")


def test_a_killed_owner_blocks_nobody(tmp_path: Path, holder: "subprocess.Popen[bytes]") -> None:
    """After kill -9 the folder is free, whatever note was left in it."""
    holder.kill()
    holder.wait()
    assert (tmp_path / "owner.json").exists()
    assert owner_of(tmp_path) is None
    ownership = claim(tmp_path)
    assert ownership is not None
    assert owner_of(tmp_path) == Owner(os.getpid())
    ownership.release()
