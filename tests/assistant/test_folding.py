"""Long lists fold without losing a line, and a browser keeps a conversation that can be read again."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.opening import Lobby
from assistant.schema import Answer, Question
from assistant.settings import Settings
from assistant.ui import talk
from assistant.ui.folding import FOLDED_FROM, SHOWN, folded
from assistant.ui.talk import Talk, history, kept, read_kept

LINES = st.lists(
    st.sampled_from(["- a deal [1]", "- চুক্তি [2]", "**2026**", "", "Said of it.", "| a | b |", "> quote"]), max_size=60
)
FOLDS = re.compile(r"\n?<details[^>]*><summary>[^<]*</summary>\n|\n</details>\n?")


@given(LINES)
def test_every_line_is_kept_in_order(lines: list[str]) -> None:
    """Without the tags, the folded text has the same lines; each fold is closed."""
    text = folded("\n".join(lines))
    assert [line for line in FOLDS.sub("", text).split("\n") if line] == [line for line in lines if line]
    assert text.count("<details") == text.count("</details>")


@given(st.integers(0, 40))
def test_a_list_folds_when_it_is_long(count: int) -> None:
    """The first items stand before the fold, the summary counts the rest, and what follows the list stands outside."""
    text = folded("\n".join(["Lead:", "", *(f"- deal {place}" for place in range(count)), "", "A note."]))
    before, fold, after = text.partition("<details")
    assert bool(fold) is (count >= FOLDED_FROM)
    if fold:
        assert before.count("- deal") == SHOWN
        assert f"Show {count - SHOWN} more" in after
        assert after.endswith("A note.") and after.index("A note.") > after.index("</details>")


def test_a_fold_speaks_the_language_of_its_list() -> None:
    """Bengali lists are unfolded in Bengali, with its numerals."""
    assert "আরও ১৪টি দেখুন" in folded("\n".join(f"- {place} নম্বর চুক্তি" for place in range(20)))


@pytest.fixture
def answers(stand_in: Any) -> tuple[Answer, ...]:
    """Three answers of the stand-in."""
    return tuple(stand_in.ask(Question(f"question {number}?")) for number in range(3))


def plain(messages: list[Any]) -> list[list[Any]]:
    """Return what messages show, components by their value."""
    return [[part if isinstance(part, str) else part.value for part in message["content"]] for message in messages]


def test_a_kept_conversation_is_shown_again(open_lobby: Lobby, answers: tuple[Answer, ...]) -> None:
    """What the browser kept gives the same messages, sources and buttons as the conversation had, and the same history."""
    page = Talk(open_lobby)
    shown: list[Any] = []
    given_before: tuple[Answer, ...] = ()
    for question in ("first?", "second?"):
        shown, given_before = list(page.reply(question, shown, given_before))[-1]
    again, restored = page.restored(kept(given_before))
    assert restored == given_before
    assert history(restored) == history(given_before)
    assert plain(again) == plain(shown)
    assert [message.get("options") for message in shown] == [message.get("options") for message in again]


def test_a_long_conversation_keeps_its_end(answers: tuple[Answer, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit the browser is dropped from the beginning."""
    assert read_kept(kept(answers)) == answers
    monkeypatch.setattr(talk, "MOST_KEPT", sum(len(answer.model_dump_json()) for answer in answers[1:]))
    assert read_kept(kept(answers)) == answers[1:]


@pytest.mark.parametrize("rows", [None, "", {}, [1], [{"question": "x"}], [None], "[]"])
def test_what_cannot_be_read_is_an_empty_conversation(open_lobby: Lobby, rows: Any) -> None:
    """A browser that kept nothing, or what another release wrote, begins anew."""
    assert Talk(open_lobby).restored(rows) == ([], ())


def test_a_kept_conversation_waits_for_the_opening(settings: Settings, stand_in: Any, answers: tuple[Answer, ...]) -> None:
    """A page that is loaded while the assistant opens shows its conversation once that is open; none when it fails."""
    lobby = Lobby(settings, lambda *_: stand_in)
    lobby.start()
    assert len(Talk(lobby).restored(kept(answers))[0]) == 6

    def fail(*_: object) -> Any:
        raise ValueError

    lobby = Lobby(settings, fail)
    lobby.start()
    assert Talk(lobby).restored(kept(answers)) == ([], ())
