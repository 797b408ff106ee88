"""The assistant from question to answer, over the shipped corpus: the contract of an answer holds for every question."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chat import Assistant, open_assistant
from assistant.retrieval import find_passages, langchain_retriever
from assistant.schema import Answer, AnswerEvent, DeltaEvent, Intent, Query, Question, StatusEvent, Turn
from assistant.settings import Settings
from assistant.understanding import make_understanding
from index.corpus import SHIPPED, Corpus
from index.embeddings import load_embedder
from index.errors import ModelError
from index.ledger import Ledger
from index.search import open_index
from tests.index.tiny_models import cross_encoder

QUESTIONS = (
    "Which deals does OpenAI have with chipmakers?",
    "ওপেনএআই কোন কোন চিপ নির্মাতার সাথে চুক্তি করেছে?",
    "amazon anthropic e koto taka invest koreche?",
    "How much did Amazon invest in Anthropic?",
    "What are the largest cloud contracts?",
    "Did Apple invest in OpenAI?",
    "How many deals does Nvidia have by year?",
    "Are there circular deals between OpenAI and AMD?",
    "What is a warrant?",
    "ওয়ারেন্ট কী?",
    "Hello!",
    "What will the weather be in Dhaka tomorrow?",
    "How much did Foobar Robotics invest in OpenAI?",
)
CONTRACT = {
    "question", "language", "intent", "text", "abstained", "deals", "value", "verdict", "citations", "conflicts", "left_out",
    "follow_ups", "written_by", "timing_ms",
}  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Return an assistant over the shipped corpus with the bundled model, in July 2026."""
    home = tmp_path_factory.mktemp("home")
    yield Assistant(open_index(home, Corpus(SHIPPED, home / "corpus"), load_embedder), date(2026, 7, 1))


def same(answer: Answer) -> dict:
    """Return what must not differ between two ways of asking."""
    return answer.model_dump(exclude={"timing_ms"})


def check(assistant: Assistant, answer: Answer) -> None:
    """Hold an answer against the contract: markers and citations belong together, and quotes are exact slices."""
    markers = [int(found) for found in re.findall(r"\[(\d+)\]", answer.text)]
    numbers = {citation.marker for citation in answer.citations}
    assert numbers == set(range(1, len(answer.citations) + 1))
    ranged = {n for one, other in re.findall(r"\[(\d+)\][–-]\[(\d+)\]", answer.text) for n in range(int(one), int(other) + 1)}
    assert set(markers) | ranged == numbers
    for citation in answer.citations:
        document = assistant.index.document(citation.kind, citation.id, citation.language)
        assert document[citation.start : citation.end] == citation.quote != ""
    assert answer.text.strip()
    assert len(set(answer.deals)) == len(answer.deals)
    assert all(deal in assistant.index.ledger for deal in answer.deals)
    assert not (answer.abstained and (answer.deals or answer.value))


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_keeps_the_contract(assistant: Assistant, question: str):
    """Every marker has its citation, every quote is an exact slice, and the JSON has the fields that tools rely on."""
    answer = assistant.ask(question)
    check(assistant, answer)
    row = json.loads(answer.model_dump_json())
    assert set(row) == CONTRACT
    assert row["question"] == question
    assert row["timing_ms"]["total"] >= row["timing_ms"]["understanding"] >= 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_streamed_pieces_are_the_answer(assistant: Assistant, question: str):
    """The deltas joined are the text; the whole answer comes last, once; nothing else follows the first delta."""
    events = list(assistant.stream(Question(question)))
    assert [type(event) for event in events].count(AnswerEvent) == 1
    last = events[-1]
    assert isinstance(last, AnswerEvent)
    assert "".join(event.text for event in events if isinstance(event, DeltaEvent)) == last.answer.text
    kinds = [type(event) for event in events]
    assert kinds == sorted(kinds, key=[StatusEvent, DeltaEvent, AnswerEvent].index)
    assert same(last.answer) == same(assistant.ask(question))


@settings(max_examples=40)
@given(st.text(max_size=80) | st.text(alphabet="openai কতটাকাdeals [1]$%*`<>|?২০২৫ \n", max_size=60))
def test_any_text_gets_an_answer(assistant: Assistant, question: str):
    """No question is an error, however odd; its own brackets become no citation."""
    check(assistant, assistant.ask(question))


def test_a_question_about_records_needs_no_search(assistant: Assistant):
    """Only questions that the records cannot answer say that they search the articles."""
    assert not any(isinstance(event, StatusEvent) for event in assistant.stream(Question(QUESTIONS[0])))
    assert any(isinstance(event, StatusEvent) for event in assistant.stream(Question("What is a warrant?")))


def test_the_answer_is_in_the_language_of_the_question_or_the_one_asked_for(assistant: Assistant):
    """Bengali and Banglish get Bengali, English gets English, and a forced language wins."""
    assert assistant.ask("deals of OpenAI with AMD").language == "en"
    assert assistant.ask("ওপেনএআই ও এএমডির চুক্তি").language == "bn"
    assert assistant.ask("openai er sathe amd er ki ki cukti ache?").language == "bn"
    forced = assistant.ask("deals of OpenAI with AMD", language="bn")
    assert forced.language == "bn"
    assert forced.deals == assistant.ask("deals of OpenAI with AMD").deals != ()


def test_amazons_money_into_anthropic_is_the_same_in_every_script(assistant: Assistant):
    """One figure, its ceilings left out with a reason in the language of the answer."""
    answers = [assistant.ask(QUESTIONS[3]), assistant.ask("অ্যামাজন অ্যানথ্রপিকে কত টাকা বিনিয়োগ করেছে?"), assistant.ask(QUESTIONS[2])]
    assert {answer.value.amount for answer in answers} == {"4000000000"}
    assert {answer.deals for answer in answers} == {("2024-11-22-amazon-anthropic",)}
    left = [{entry.deal for entry in answer.left_out} for answer in answers]
    assert left[0] == left[1] == left[2] >= {"2023-09-amazon-anthropic", "2026-04-20-amazon-anthropic-equity"}
    assert {entry.reason for entry in answers[0].left_out} != {entry.reason for entry in answers[1].left_out}


def test_openais_chipmakers_are_those_of_the_files(assistant: Assistant):
    """The flagship question in both languages presents exactly the deals that a plain reading of the files gives."""
    texts = [(SHIPPED / name).read_text(encoding="utf-8") for name in ("entities.jsonl", "deals.jsonl")]
    read = [[json.loads(row) for row in text.splitlines()] for text in texts]
    makers = {row["id"] for row in read[0] if "chipmaker" in row["sectors"]}
    parties = {row["id"]: {party["entity"] for party in row["parties"]} for row in read[1]}
    wanted = {name for name, names in parties.items() if "openai" in names and names & makers}
    assert set(assistant.ask(QUESTIONS[0]).deals) == set(assistant.ask(QUESTIONS[1]).deals) == wanted


def test_what_is_not_in_the_corpus_is_not_answered(assistant: Assistant):
    """Another subject and an unknown company are abstained from, with no deals and no figure."""
    for question in ("What will the weather be in Dhaka tomorrow?", "How much did Foobar Robotics invest in OpenAI?"):
        answer = assistant.ask(question)
        assert answer.abstained
        assert (answer.deals, answer.value, answer.verdict) == ((), None, None)


def test_last_year_is_counted_from_the_day_that_is_set(assistant: Assistant):
    """The clock is a setting: the same question a year earlier means another year."""
    last = assistant.ask("How many deals were announced last year?")
    earlier = Assistant(assistant.index, date(2025, 7, 1)).ask("How many deals were announced last year?")
    years = [{deal[:4] for deal in answer.deals} for answer in (last, earlier)]
    assert years == [{"2025"}, {"2024"}]


def test_disagreement_between_sources_is_shown(assistant: Assistant):
    """A presented deal whose record has a note on its sources carries it, in the language of the answer."""
    deal = next(deal for deal in assistant.index.ledger.deals if deal.conflict_note_bn and deal.firm)
    names = [assistant.index.ledger.entity(entity) for entity in deal.entities[:2]]
    english = assistant.ask(f"deals between {names[0].name_en} and {names[1].name_en}")
    bengali = assistant.ask(f"{names[0].name_bn} ও {names[1].name_bn} এর চুক্তি")
    assert deal.conflict_note_en in {entry.note for entry in english.conflicts if entry.deal == deal.id}
    assert deal.conflict_note_bn in {entry.note for entry in bengali.conflicts if entry.deal == deal.id}


def test_a_chain_asks_like_a_program(assistant: Assistant):
    """The Runnable takes a string, or a question with history and language, and gives the same answer."""
    chain = assistant.as_runnable()
    history = (Turn("user", "Which deals does OpenAI have with AMD?"), Turn("assistant", "OpenAI and AMD ..."))
    told = [{"role": turn.role, "content": turn.content} for turn in history]
    assert same(chain.invoke(QUESTIONS[0])) == same(assistant.ask(QUESTIONS[0]))
    asked = chain.invoke({"question": "and with Broadcom?", "history": told, "language": "bn"})
    assert same(asked) == same(assistant.ask("and with Broadcom?", history, "bn"))
    assert asked.deals
    assert all({"openai", "broadcom"} <= set(assistant.index.ledger.deal(deal).entities) for deal in asked.deals)


def test_several_threads_get_their_own_answers(assistant: Assistant):
    """Questions asked at the same time do not mix."""
    alone = [same(assistant.ask(question)) for question in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda question: same(assistant.ask(question)), QUESTIONS))
    assert together == alone


def test_new_records_are_seen_at_once(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    """When the ledger changes, the next question is read and answered with the new one."""
    ledger = assistant.index.ledger
    before = assistant.ask("How many deals does OpenAI have?")
    fewer = [deal for deal in ledger.deals if not (deal.part_of or deal.supersedes or deal.amends)]
    linked = {link for deal in fewer for link in (deal.part_of, deal.supersedes, deal.amends) if link}
    assert not linked
    monkeypatch.setattr(assistant.index, "ledger", Ledger(ledger.entities.values(), fewer))
    after = assistant.ask("How many deals does OpenAI have?")
    assert set(after.deals) == {deal.id for deal in fewer if "openai" in deal.entities} < set(before.deals)


def test_records_are_answered_before_anything_is_indexed(tmp_path: Path):
    """A freshly opened assistant answers from the records while its home holds no index yet."""
    fresh = open_assistant(Settings(home=tmp_path / "fresh"))
    assert fresh.ask(QUESTIONS[0]).deals
    assert not (tmp_path / "fresh" / "index").exists()


def test_passages_are_slices_of_their_articles_and_none_come_for_nothing(assistant: Assistant):
    """Evidence can be cited by its offsets; a question without weighty words finds none."""
    understanding = make_understanding(assistant.index.ledger)
    query = understanding.read(Question("What is a warrant?"), date(2026, 11, 24))
    found = find_passages(assistant.index, query, understanding.aspects(query))
    assert found
    for evidence in found:
        assert assistant.index.articles[evidence.id].text[evidence.start : evidence.end] == evidence.quote
    assert find_passages(assistant.index, Query(Intent.PASSAGE, search="is a"), ()) == ()


def test_the_retriever_gives_langchain_documents_with_their_place(assistant: Assistant):
    """Each document is an exact slice of the source that its metadata names, and the number asked for is kept."""
    documents = langchain_retriever(assistant.index, limit=5).invoke("ওয়ারেন্ট")
    assert len(documents) == 5
    for document in documents:
        place = document.metadata
        source = assistant.index.document(place["kind"], place["id"], place["language"])
        assert source[place["start"] : place["end"]] == document.page_content


def test_the_named_cross_encoder_orders_the_passages(tmp_path: Path) -> None:
    """The setting reaches the search: its scores order what is found, and a name that does not load says what to check."""
    named = open_assistant(Settings(home=tmp_path, rerank=str(cross_encoder(tmp_path / "cross"))))
    named.index.rebuild()
    scores = [hit.score for hit in named.index.search("cloud contract of OpenAI", limit=4)]
    plain = open_assistant(Settings(home=tmp_path))
    assert len(scores) == 4
    assert scores != [hit.score for hit in plain.index.search("cloud contract of OpenAI", limit=4)]
    missing = open_assistant(Settings(home=tmp_path, rerank=str(tmp_path / "none")))
    with pytest.raises(ModelError, match="CHUKTI_RERANK"):
        missing.index.search("cloud contract of OpenAI", limit=4)
