"""Fusion of the two legs: the formula, and what must hold for any scores."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import WORDS, Candidate, fuse, kinship, rarity, settled

SCORES = st.floats(0, 20, allow_nan=False).map(lambda value: round(value, 3))
LEG = st.dictionaries(st.sampled_from("abcdefgh"), SCORES, max_size=8).map(
    lambda leg: sorted(leg.items(), key=lambda item: -item[1])
)
KINSHIPS = st.fixed_dictionaries({name: st.floats(0, 1) for name in "abcdefgh"})


def test_all_words_weigh_as_much_as_a_whole_cosine() -> None:
    """A chunk that scores the most its words can adds WORDS to its cosine; half of that adds half."""
    most = 2 * 2.2 * rarity(100)
    found = {candidate.name: candidate for candidate in fuse([("a", 0.5), ("b", 0.4)], [("b", most), ("a", most / 2)], 2, 100)}
    assert found["a"].score() == pytest.approx(0.5 + WORDS / 2)
    assert found["b"].score() == pytest.approx(0.4 + WORDS)
    assert found["b"].score(kinship=0) == 0.4


def test_a_chunk_of_the_lexical_leg_alone_is_as_near_as_the_farthest() -> None:
    """Its cosine is not known, only that it is no greater than those of the dense leg; without a dense leg it is 0."""
    assert {c.name: c.near for c in fuse([("a", 0.5), ("b", 0.3)], [("c", 1.0)], 1, 9)} == {"a": 0.5, "b": 0.3, "c": 0.3}
    assert [c.near for c in fuse([], [("c", 1.0)], 1, 9)] == [0.0]
    assert fuse([], [], 0, 0) == ()


def test_words_count_by_the_range_of_the_model() -> None:
    """Where a model puts all texts within a quarter of the cosine's range, words weigh a quarter."""
    [whole], [quarter] = (fuse([("a", 0.8)], [("a", 5.0)], 3, 50, contrast) for contrast in (1.0, 0.25))
    assert quarter.words == pytest.approx(whole.words / 4)


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        pytest.param(["openai", "deal"], "OpenAI signs.", 1.0, id="english"),
        pytest.param(["openai", "deal"], "ওপেনএআই OpenAI", 0.0, id="english_in_bengali"),
        pytest.param(["চুক্তি"], "The deal.", 0.0, id="bengali_in_english"),
        pytest.param(["openai", "কত", "টাকা", "দেয়"], "ওপেনএআই", 0.75, id="mixed_in_bengali"),
        pytest.param(["openai", "কত", "টাকা", "দেয়"], "OpenAI", 0.25, id="mixed_in_english"),
        pytest.param(["2025", "38"], "২০২৫", 1.0, id="figures"),
        pytest.param([], "text", 1.0, id="nothing"),
    ],
)
def test_kinship_is_the_share_of_words_in_the_script(question: list[str], text: str, share: float) -> None:
    """Words of the text's script count, those of the other do not, figures belong to both."""
    assert kinship(question, text) == share


@given(LEG, LEG, KINSHIPS, st.integers(1, 8))
def test_settling_is_sorting(
    dense: list[tuple[str, float]], lexical: list[tuple[str, float]], kin: dict[str, float], size: int
) -> None:
    """Reading a few at a time gives the same order as reading all, each once, for any legs, kinships and sizes."""
    candidates = fuse(dense, lexical, 3, 100)
    found = list(settled(candidates, _read, kin.__getitem__, size))
    expected = sorted((-candidate.score(kin[candidate.name]), candidate.name) for candidate in candidates)
    assert found == [(name, -score) for score, name in expected]


def test_no_more_is_read_than_needed() -> None:
    """The first hits of one script cost one reading."""
    asked: list[Sequence[str]] = []

    def read(names: Sequence[str]) -> Mapping[str, str]:
        asked.append(names)
        return _read(names)

    candidates = fuse([(name, 1 - place / 10) for place, name in enumerate("abcdefgh")], [], 1, 9)
    hits = settled(candidates, read, lambda _: 1.0, size=4)
    assert [next(hits)[0] for _ in range(3)] == ["a", "b", "c"]
    assert len(asked) == 1


def test_what_is_gone_is_left_out() -> None:
    """A candidate that can be read no more gives no hit."""
    candidates = (Candidate("a", 0.9, 0.0), Candidate("b", 0.8, 0.0))
    assert [item for item, _ in settled(candidates, lambda names: {"b": "b"} if "b" in names else {}, lambda _: 1.0, 1)] == [
        "b"
    ]


@given(LEG, LEG, st.sampled_from("abcdefgh"), st.floats(0.001, 5))
def test_a_higher_score_in_a_leg_never_lowers_a_candidate(
    dense: list[tuple[str, float]], lexical: list[tuple[str, float]], name: str, more: float
) -> None:
    """Fusion is monotone in the words, and the order of the candidates is total."""
    raised = dict(lexical) | {name: dict(lexical).get(name, 0.0) + more}
    before = {candidate.name: candidate.score() for candidate in fuse(dense, lexical, 3, 100)}
    after = {candidate.name: candidate.score() for candidate in fuse(dense, list(raised.items()), 3, 100)}
    assert after[name] >= before.get(name, 0.0)
    assert all(after[other] == before[other] for other in before if other != name)
    assert list(after.values()) == sorted(after.values(), reverse=True)


def _read(names: Sequence[str]) -> Mapping[str, str]:
    return {name: name for name in names}
