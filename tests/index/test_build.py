"""Building: incremental equals fresh for any history, failures stop nothing, and other settings mean another index."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import BuildReport, Stores, build_index, index_folder, open_stores
from index.corpus import Corpus

Build = Callable[..., BuildReport]


@pytest.fixture
def build(corpus: Corpus, building: ModuleType, tmp_path: Path) -> Build:
    """Build the corpus of the test into its home and return the report."""

    def run(embedder: object = None) -> BuildReport:
        stores, report = build_index(tmp_path / "home", corpus, embedder or building.HashEmbedder())
        stores.close()
        return report

    return run


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    """Return what a build did, in the order of its report."""
    return report.added, report.updated, report.skipped, report.deleted


def test_each_build_does_what_changed_and_no_more(corpus: Corpus, building: ModuleType, build: Build) -> None:
    """New documents are added, edited ones updated, missing ones deleted, the rest left alone; deals count once a language."""
    building.write_articles(corpus, range(3))
    assert counts(build()) == (7, 0, 0, 0)
    assert counts(build()) == (0, 0, 7, 0)
    building.write_articles(corpus, range(1), edition=2)
    (corpus.own / "articles" / "article-2.txt").unlink()
    assert counts(build()) == (0, 1, 5, 1)
    deals = corpus.shipped / "deals.jsonl"
    deals.write_text(deals.read_text().replace("OpenAI buys chips", "OpenAI orders chips"))
    assert counts(build()) == (0, 1, 5, 0)
    deals.write_text("")
    assert counts(build()) == (0, 0, 4, 2)


def test_touching_a_file_changes_nothing(corpus: Corpus, build: Build) -> None:
    """An article is known by its bytes, not by the time on its file."""
    build()
    for path in corpus.shipped.rglob("*.md"):
        os.utime(path, (0, 0))
    assert counts(build()) == (0, 0, 4, 0)


def test_a_file_that_fails_is_reported_and_its_old_form_dropped(
    corpus: Corpus, building: ModuleType, build: Build, tmp_path: Path
) -> None:
    """One bad file stops nothing; what it said before is not answered from any more; mended, it is back."""
    building.write_articles(corpus, range(2))
    assert build().failed == ()
    bad = corpus.own / "articles" / "article-0.txt"
    good = bad.read_bytes()
    bad.write_bytes(b"\xff\xfe\xff")
    (corpus.own / "articles" / "empty.md").write_text("")
    report = build()
    assert sorted(name for name, _ in report.failed) == ["article-0.txt", "empty.md"]
    assert all(sentence.endswith(".") and name in sentence for name, sentence in report.failed)
    _, lexical, manifest = building.contents(tmp_path / "home", corpus)
    assert "article/article-0" not in manifest and "article/article-0" not in lexical
    assert "article/article-1" in manifest
    bad.write_bytes(good)
    (corpus.own / "articles" / "empty.md").unlink()
    assert counts(build()) == (1, 0, 5, 0)


def test_progress_rises_to_the_whole(corpus: Corpus, building: ModuleType, tmp_path: Path) -> None:
    """Progress begins at nothing, never falls and ends with all documents; unchanged input reports none."""
    building.write_articles(corpus, range(200))
    told: list[tuple[str, int, int]] = []
    for _ in range(2):
        stores, _ = build_index(tmp_path / "home", corpus, building.HashEmbedder(), lambda *step: told.append(step))
        stores.close()
    done = [step[1] for step in told]
    assert done[0] == 0 and done == sorted(done) and len(done) >= 3
    assert told[-1] == ("indexing", 204, 204)


def test_another_model_means_another_index(corpus: Corpus, building: ModuleType, build: Build, tmp_path: Path) -> None:
    """A changed stamp or dimension builds everything anew in a folder of its own and drops the old one after."""
    build()
    for embedder in (building.HashEmbedder("hash-2"), building.HashEmbedder("hash-2", 64)):
        assert counts(build(embedder)) == (4, 0, 0, 0)
        assert [folder.name for folder in (tmp_path / "home" / "index").iterdir()] == [
            index_folder(tmp_path / "home", embedder).name
        ]


@pytest.mark.parametrize("part", ["chroma", "words", "manifest.json", "chroma/chroma.sqlite3", "words/meta.json"])
@pytest.mark.parametrize("how", ["removed", "scrambled"])
def test_a_damaged_index_is_made_anew(
    corpus: Corpus, building: ModuleType, build: Build, tmp_path: Path, part: str, how: str
) -> None:
    """Whatever part of the index is lost or spoilt, the next build gives what a fresh one gives, in the same process."""
    build()
    path = index_folder(tmp_path / "home", building.HashEmbedder()) / part
    before = building.contents(tmp_path / "home", corpus)
    if how == "removed" or path.is_dir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    else:
        path.write_bytes(b"spoilt " * 5000)
    build()
    assert building.contents(tmp_path / "home", corpus) == before


def test_an_index_that_is_mostly_remains_is_made_anew(
    corpus: Corpus, building: ModuleType, build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chroma never gives back the places of deleted rows, so after enough of them the folder starts afresh."""
    monkeypatch.setattr("index.build.MOST_DROPPED", 10)
    folder = index_folder(tmp_path / "home", building.HashEmbedder())

    def dropped() -> int:
        stores: Stores = open_stores(folder, building.HashEmbedder())
        stores.close()
        return stores.manifest.dropped

    for edition in range(6):
        building.write_articles(corpus, range(2), edition)
        build()
    assert dropped() <= 40
    fresh = tmp_path / "fresh"
    building.build(fresh, corpus)
    assert building.contents(fresh, corpus) == building.contents(tmp_path / "home", corpus)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.integers(0, 5), st.integers(0, 3)),
        st.tuples(st.just("remove"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("spoil"), st.integers(0, 5), st.just(0)),
        st.tuples(st.just("deals"), st.integers(0, 1), st.just(0)),
        st.tuples(st.just("build"), st.just(0), st.just(0)),
    ),
    max_size=8,
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_any_history_ends_like_a_fresh_build(
    building: ModuleType, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    """Whatever was added, edited, removed or spoilt between builds, both stores and the manifest equal a fresh build's."""
    place = tmp_path_factory.mktemp("history")
    corpus = building.make_corpus(place)
    for step, number, edition in [*steps, ("build", 0, 0)]:
        path = corpus.own / "articles" / f"article-{number}.txt"
        if step == "write":
            building.write_articles(corpus, range(number, number + 1), edition)
        elif step == "remove":
            path.unlink(missing_ok=True)
        elif step == "spoil" and path.exists():
            path.write_bytes(b"\xff")
        elif step == "deals":
            (corpus.shipped / "deals.jsonl").write_text(building.DEAL * number, encoding="utf-8")
        elif step == "build":
            building.build(place / "home", corpus)
    building.build(place / "fresh", corpus)
    assert building.contents(place / "home", corpus) == building.contents(place / "fresh", corpus)
