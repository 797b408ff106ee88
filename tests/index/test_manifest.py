"""The manifest and its journal: written in one step, read back whole, and never trusted when damaged."""

from pathlib import Path

import pytest

from index import manifest as module
from index.manifest import Entry, Manifest, read_journal, read_manifest, stamp, write_journal, write_manifest

SAMPLE = Manifest({"article/en-a": Entry("h1", ("c1", "c2")), "deal/x/bn": Entry("h2", ())}, dropped=3)


def test_a_manifest_reads_back(tmp_path: Path) -> None:
    """What was written is what is read, and it counts its chunks."""
    write_manifest(tmp_path, SAMPLE)
    assert read_manifest(tmp_path) == SAMPLE
    assert SAMPLE.chunk_count == 2


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"documents": {"a": {}}, "dropped": 0}', '{"documents": 1, "dropped": 0}']
)
def test_a_damaged_manifest_is_empty(tmp_path: Path, text: str) -> None:
    """Anything that is no manifest means that nothing is indexed."""
    (tmp_path / "manifest.json").write_text(text)
    assert read_manifest(tmp_path) == Manifest()


def test_the_journal_lives_until_the_manifest_is_written(tmp_path: Path) -> None:
    """A journal names documents and chunks, and is dropped with the next manifest."""
    assert read_journal(tmp_path) is None
    write_journal(tmp_path, ("deal/x/bn",), ("c1", "c2"))
    assert read_journal(tmp_path) == (("deal/x/bn",), ("c1", "c2"))
    write_manifest(tmp_path, SAMPLE)
    assert read_journal(tmp_path) is None


def test_a_kill_while_writing_leaves_the_old_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new manifest takes the old one's place only when it is whole on disk."""
    write_manifest(tmp_path, SAMPLE)

    def die(number: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module.os, "fsync", die)
    with pytest.raises(KeyboardInterrupt):
        write_manifest(tmp_path, Manifest())
    assert read_manifest(tmp_path) == SAMPLE


def test_the_stamp_changes_with_whatever_decides_the_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another model, dimension, way of cutting or tokeniser is another index; the same ones are the same."""
    stamps = {stamp("model-a", 32), stamp("model-b", 32), stamp("model-a", 64)}
    assert stamp("model-a", 32) in stamps
    monkeypatch.setattr(module, "tokens", str.split)
    stamps.add(stamp("model-a", 32))
    monkeypatch.setattr(module, "split", lambda text: ((0, len(text)),))
    stamps.add(stamp("model-a", 32))
    assert len(stamps) == 5
