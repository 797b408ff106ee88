"""A build that is killed at any moment is finished by the next one; `python building.py kills 20` tries it more often."""

import random
from pathlib import Path
from types import ModuleType

import pytest

from index.corpus import Corpus


@pytest.mark.parametrize("seed", range(4))
def test_after_kill_9_the_next_build_equals_a_fresh_one(
    corpus: Corpus, building: ModuleType, tmp_path: Path, seed: int
) -> None:
    """Two kills of real processes at random moments, of a first build and of an update; then the same ids everywhere."""
    chance = random.Random(seed)
    home, fresh = tmp_path / "home", tmp_path / "fresh"
    building.write_articles(corpus, range(60))
    building.kill_after(chance.uniform(0.0, 0.8), home, corpus)
    building.write_articles(corpus, range(20, 40), edition=2)
    for number in range(5):
        (corpus.own / "articles" / f"article-{number}.txt").unlink()
    building.kill_after(chance.uniform(0.0, 0.6), home, corpus)
    building.build(home, corpus)
    building.build(fresh, corpus)
    assert building.contents(home, corpus) == building.contents(fresh, corpus)


@pytest.mark.parametrize("moment", ["journal", "dense", "lexical", "manifest"])
def test_a_death_between_any_two_steps_is_repaired(
    corpus: Corpus, building: ModuleType, tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dying after the journal, after Chroma, after tantivy or before the manifest's last step loses and doubles nothing."""

    class Died(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Died

    home, fresh = tmp_path / "home", tmp_path / "fresh"
    building.write_articles(corpus, range(4))
    building.build(home, corpus)
    building.write_articles(corpus, range(2, 6), edition=2)
    target = {
        "journal": "index.dense.Dense.change",
        "dense": "index.lexical.Lexical.change",
        "lexical": "index.build.write_manifest",
    }
    with monkeypatch.context() as patched:
        patched.setattr(target.get(moment, "index.manifest.Path.unlink"), die)
        with pytest.raises(Died):
            building.build(home, corpus)
    building.build(home, corpus)
    building.build(fresh, corpus)
    assert building.contents(home, corpus) == building.contents(fresh, corpus)
