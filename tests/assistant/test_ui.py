"""The page's parts: what is shown is escaped, linked to its own sources, and kept with its own answer."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.opening import Lobby
from assistant.schema import Answer, Conflict, Question
from assistant.settings import Settings, load_settings
from assistant.ui.articles import OwnArticles
from assistant.ui.head import footer_html, header_html, opening_html, welcome_html
from assistant.ui.render import SHOWN_SOURCES, answer_html, answer_markdown, linked
from assistant.ui.talk import Talk
from assistant.ui.words import examples, page_words, words
from index.errors import CorpusError

LINK = re.compile(r"\[(\d+)\]\(#source-p-(\d+)\)")


@pytest.fixture
def answer(stand_in: Any) -> Answer:
    """The stand-in's answer."""
    found: Answer = stand_in.ask(Question("OpenAI?"))
    return found


def with_citations(answer: Answer, **changes: object) -> Answer:
    """Return the answer with its citation changed."""
    return answer.model_copy(update={"citations": (answer.citations[0].model_copy(update=changes),)})


def test_markers_lead_to_their_own_source(answer: Answer, stand_in: Any) -> None:
    """A known marker links to the card of the same answer; unknown and escaped brackets stay as they are."""
    text = answer_markdown(answer, "p")
    assert "[1](#source-p-1)" in text
    assert "\\[2\\]" in text
    assert "[7]." in text
    assert 'id="source-p-1"' in answer_html(answer, stand_in.index.ledger, "p")


@given(st.lists(st.integers(0, 40)), st.sets(st.integers(1, 30)), st.text("ab [](\\)।", max_size=8))
def test_only_offered_markers_become_links(markers: list[int], known: set[int], between: str) -> None:
    """Whatever the text, every link leads to a marker that was offered."""
    text = between.join(f"[{marker}]" for marker in markers)
    for shown, target in LINK.findall(linked(text, known, "p")):
        assert shown == target
        assert int(target) in known


def test_documents_cannot_put_markup_into_the_page(answer: Answer, stand_in: Any) -> None:
    """Titles, quotes, publishers, notes and record titles are shown as text."""
    evil = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
    changed = with_citations(answer, title=evil, quote=evil, publisher=evil, language='en" onload="x')
    changed = changed.model_copy(update={"written_by": f"model:{evil}"})
    html = answer_html(changed, stand_in.index.ledger, "p")
    assert "<script" not in html
    assert "<img" not in html
    assert 'onload="x' not in html
    assert "&lt;b&gt;Oracle&lt;/b&gt;" in html


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x", "", None])
def test_only_web_links_are_made(answer: Answer, stand_in: Any, url: str | None) -> None:
    """A source whose address is no web page gets no link."""
    assert "<a " not in answer_html(with_citations(answer, url=url), stand_in.index.ledger, "p")


def test_links_open_apart(answer: Answer, stand_in: Any) -> None:
    """A source opens in a new tab that cannot reach back, with its address escaped."""
    html = answer_html(answer, stand_in.index.ledger, "p")
    assert 'href="https://example.org/a?x=1&amp;y=2" target="_blank" rel="noopener noreferrer"' in html


def test_sources_table_and_notes_are_there(answer: Answer, stand_in: Any) -> None:
    """Under an answer stand quote, publisher, date and language of each source, the deals as a table, and what was left out."""
    html = answer_html(answer, stand_in.index.ledger, "p")
    assert "OpenAI takes AMD chips</blockquote>" in html
    assert "Example · 6 October 2025 · deal record · English" in html
    assert html.count("<tr>") == 3
    assert "$300 billion" in html
    assert "it is only talked about" in html


@pytest.mark.parametrize(("text", "unfolded"), [("Nothing of it.", True), ("It is said that the term differs.", False)])
def test_conflicts_are_shown_once(answer: Answer, stand_in: Any, text: str, unfolded: bool) -> None:
    """Disagreement between sources stands open under an answer that does not tell of it, folded under one that does."""
    conflict = Conflict(deal="2025-10-06-openai-amd", note="the term differs")
    html = answer_html(answer.model_copy(update={"conflicts": (conflict,), "text": text}), stand_in.index.ledger, "p")
    assert ('<details class="note" open><summary>Where sources differ' in html) is unfolded
    assert "the term differs" in html


def test_labels_follow_the_answers_language(answer: Answer, stand_in: Any) -> None:
    """A Bengali answer has Bengali labels, numerals and dates under it."""
    html = answer_html(answer.model_copy(update={"language": "bn"}), stand_in.index.ledger, "p")
    assert "৬ অক্টোবর ২০২৫" in html
    assert "২টি চুক্তির ছক" in html
    assert "৩০০ বিলিয়ন ডলার" in html


def test_many_sources_fold(answer: Answer, stand_in: Any) -> None:
    """The first sources are in sight; the rest are one unfolding away, none is dropped."""
    cited = tuple(answer.citations[0].model_copy(update={"marker": marker}) for marker in range(1, 8))
    html = answer_html(answer.model_copy(update={"citations": cited}), stand_in.index.ledger, "p")
    assert html.count('class="card"') == 7
    before_fold = html.split('<details class="more">', maxsplit=1)[0]
    assert before_fold.count('class="card"') == SHOWN_SOURCES
    assert "Show 4 more" in html


def test_long_quotes_fold_whole(answer: Answer, stand_in: Any) -> None:
    """A quote of many lines shows its first ones and keeps all."""
    lines = [f"Line {number}" for number in range(9)]
    html = answer_html(with_citations(answer, quote="\n".join(lines)), stand_in.index.ledger, "p")
    assert all(line in html for line in lines)
    assert html.index('<details class="rest">') > html.index("Line 2")


def test_labels_are_the_same_in_both_languages() -> None:
    """Each label exists in both languages, and each example is a question."""
    assert set(words("en").rows) == set(words("bn").rows)
    assert {row["script"] for row in examples()} == {"বাংলা", "English", "Banglish"}


def test_citations_stay_with_their_answer(open_lobby: Lobby) -> None:
    """Two questions give two answers, each with its own sources; the first is shown unchanged."""
    talk = Talk(open_lobby)
    first, turns = list(talk.reply("first?", [], ()))[-1]
    second, turns = list(talk.reply("second?", first, turns))[-1]
    assert [message["role"] for message in second] == ["user", "assistant", "user", "assistant"]
    assert second[1]["content"] is first[1]["content"]
    shown = [second[place]["content"][1].value for place in (1, 3)]
    assert "Title 1" in shown[0]
    assert "Title 2" not in shown[0]
    assert "Title 2" in shown[1]
    assert "source-1-1" in shown[0]
    assert "source-3-1" in shown[1]
    assert [answer.question for answer in turns] == ["first?", "second?"]
    assert not second[1]["options"]
    assert second[3]["options"] == [{"value": "And with Oracle?", "label": "And with Oracle?"}]


def test_the_answer_grows_and_ends_whole(open_lobby: Lobby, stand_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows the question at once, then the text as it comes, then the answer with its sources."""
    monkeypatch.setattr("assistant.ui.talk.REDRAW", 0.0)
    shown = [messages[-1]["content"] for messages, _ in Talk(open_lobby).reply("OpenAI?", [], ())]
    assert shown[:2] == ["*…*", "*Looking into the records*"]
    assert shown[3].startswith(shown[2])
    assert isinstance(shown[4], list)
    assert stand_in.asked[0].text == "OpenAI?"


def test_empty_and_overlong_questions(open_lobby: Lobby) -> None:
    """An empty question changes nothing; an overlong one is answered with a sentence and kept out of the history."""
    assert list(Talk(open_lobby).reply("  ", [], ())) == []
    messages, turns = list(Talk(open_lobby).reply("x" * 2001, [], ()))[-1]
    assert "at most 2000" in messages[-1]["content"]
    assert turns == ()


def test_a_question_waits_for_the_opening(settings: Settings, stand_in: Any) -> None:
    """A question asked while the index opens says what is being done, and is answered afterwards."""
    lobby = Lobby(settings, lambda *_: stand_in)
    steps = Talk(lobby).reply("OpenAI?", [], ())
    next(steps)
    assert "Chukti is starting" in next(steps)[0][-1]["content"]
    lobby.start()
    assert isinstance(list(steps)[-1][0][-1]["content"], list)


def test_still_parts_speak_both_languages(open_lobby: Lobby, settings: Settings) -> None:
    """Header, welcome and footer are in Bengali and English; the footer tells the size of the corpus."""
    assert "চুক্তি" in header_html()
    assert "Chukti" in header_html()
    assert 'lang="bn"' in welcome_html()
    assert "2 deals" in footer_html(open_lobby)
    assert "২টি চুক্তি" in footer_html(open_lobby)


def test_the_page_tells_what_opening_does(settings: Settings, stand_in: Any) -> None:
    """A notice says what is being done until the assistant is open, or why it cannot be opened."""
    lobby = Lobby(settings, lambda *_: stand_in)
    steps = opening_html(lobby)
    assert "Chukti is starting" in next(steps)[0]
    lobby.start()
    notice, footer = list(steps)[-1]
    assert notice == ""
    assert "2 deals" in footer

    def fail(*_: object) -> Any:
        raise CorpusError("deals.jsonl, line 3 <b>: no id.")

    lobby = Lobby(settings, fail)
    lobby.start()
    assert 'role="alert">deals.jsonl, line 3 &lt;b&gt;: no id.' in list(opening_html(lobby))[-1][0]


def test_own_articles_from_the_page(open_lobby: Lobby, settings: Settings, tmp_path: Path) -> None:
    """The page adds and removes articles for callers of this machine, and for others only where that is allowed."""
    file = tmp_path / "news.txt"
    file.write_text("A deal was signed.", encoding="utf-8")
    own = OwnArticles(open_lobby, settings)
    assert own.add([str(file)], "192.168.1.5") == page_words()["own_only_here"]
    assert own.choices() == []
    assert "A deal was signed." in own.add([str(file)], "127.0.0.1")
    assert own.choices() == [("A deal was signed.", "news")]
    assert "news" in own.remove("news", "127.0.0.1")
    assert "no article 'news'" in own.remove("news", "127.0.0.1")
    table = tmp_path / "book.csv"
    table.write_text("title_en,type,parties,announced,status\nAcme rents,lease,Acme: lessee,2026-03,signed\n")
    told = own.add([str(table)], "127.0.0.1")
    assert "book.csv: ১টি চুক্তি যোগ হয়েছে" in told
    assert "deals: 1 added, 0 changed, 0 unchanged. নতুন প্রতিষ্ঠান · New organisations: acme." in told
    assert own.choices() == [("book.csv", "book.csv")]
    assert "book.csv" in own.remove("book.csv", "127.0.0.1")
    assert own.choices() == []
    assert "added" in OwnArticles(open_lobby, load_settings(shared=True)).add([str(file)], "192.168.1.5").lower()
