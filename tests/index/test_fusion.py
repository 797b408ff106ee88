"""Reciprocal rank fusion: the paper's formula, and what must hold for any lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import K, fuse

RANKINGS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=10), max_size=4)


def test_scores_are_those_of_the_paper() -> None:
    """An id scores the sum of 1 / (60 + rank) over the lists that hold it."""
    fused = dict(fuse([["a", "b"], ["b", "c"]]))
    assert fused == {
        "a": pytest.approx(1 / (K + 1)),
        "b": pytest.approx(1 / (K + 2) + 1 / (K + 1)),
        "c": pytest.approx(1 / (K + 2)),
    }
    assert [name for name, _ in fuse([["a", "b"], ["b", "c"]])] == ["b", "a", "c"]


def test_weights_and_empty_lists() -> None:
    """A list's weight multiplies its votes; no lists give nothing."""
    assert [name for name, _ in fuse([["a"], ["b"]], weights=[1.0, 2.0])] == ["b", "a"]
    assert fuse([]) == fuse([[], []]) == ()


@given(RANKINGS, st.randoms())
def test_the_order_of_lists_does_not_matter(rankings: list[list[str]], chance: object) -> None:
    """Shuffled lists fuse to the very same result, ties included."""
    shuffled = rankings[:]
    chance.shuffle(shuffled)
    assert fuse(shuffled) == fuse(rankings)


@given(RANKINGS)
def test_every_id_comes_once_best_first(rankings: list[list[str]]) -> None:
    """The result holds each id of the lists once, by falling score."""
    fused = fuse(rankings)
    assert sorted(name for name, _ in fused) == sorted({name for ranking in rankings for name in ranking})
    scores = [score for _, score in fused]
    assert scores == sorted(scores, reverse=True)


@given(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=2, max_size=8), RANKINGS, st.data())
def test_rising_in_a_list_never_lowers_the_score(ranking: list[str], others: list[list[str]], data: st.DataObject) -> None:
    """Fusion is monotone: an id moved to the top of one list scores at least what it did."""
    name = data.draw(st.sampled_from(ranking))
    raised = [name, *(other for other in ranking if other != name)]
    assert dict(fuse([raised, *others]))[name] >= dict(fuse([ranking, *others]))[name]
