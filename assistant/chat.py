"""The assistant: the order of the steps from a question to an answer, and the same as a LangChain Runnable."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from assistant.aggregate import aggregate
from assistant.citations import render
from assistant.composer import Composer
from assistant.phrases import phrases
from assistant.schema import (
    Answer,
    AnswerEvent,
    AnswerValue,
    Citation,
    Conflict,
    DateValue,
    DeltaEvent,
    Draft,
    Event,
    Evidence,
    Finding,
    Intent,
    LeftOut,
    LeftOutNote,
    Query,
    Question,
    StatusEvent,
    Turn,
    Value,
)  # fmt: skip
from assistant.settings import Settings
from assistant.understanding import Understanding, make_understanding
from index.figures import plain
from index.records import Language
from index.search import Index, open_index
from index.text import tokens

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from index.build import Progress

_PIECE = 40  # characters of a streamed piece at least


class Assistant:
    """Answers questions over one index. Safe for several threads."""

    def __init__(self, index: Index, today: date | None = None) -> None:
        """``today`` fixes the day that "last year" is counted from; None means the real one."""
        self.index = index
        self._today = today
        self._readers_made: tuple[Understanding, Composer] | None = None

    def ask(self, question: "Question | str", history: Sequence[Turn] = (), language: Language | None = None) -> Answer:
        """Return the whole answer."""
        if isinstance(question, str):
            question = Question(question, tuple(history), language)
        answer = None
        for event in self.stream(question):
            if isinstance(event, AnswerEvent):
                answer = event.answer
        return cast(Answer, answer)

    def understand(self, question: Question) -> Query:
        """Return what a question is read as."""
        return self._readers()[0].read(question, self._today or date.today())

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield what is being done, the verified text piece by piece, and the whole answer last."""
        started = time.perf_counter()
        timing: dict[str, float] = {}
        _, composer = self._readers()
        query = _timed(timing, "understanding", lambda: self.understand(question))
        finding = _timed(timing, "records", lambda: aggregate(self.index.ledger, query))
        passages: tuple[Evidence, ...] = ()
        if _needs_passages(query, finding):
            yield StatusEvent(phrases(query.language).say("chat.searching"))
            passages = _timed(timing, "passages", lambda: self._passages(query))
            finding = _in_scope(finding, passages)
        elif _may_be_told(query, finding):
            passages = _timed(timing, "passages", lambda: self._passages(query))
            finding, passages = _better_told(finding, passages)
        draft = _timed(timing, "composing", lambda: composer.compose(finding, passages))
        text, citations, _ = _timed(
            timing, "verifying", lambda: render(draft, self.index.ledger, self._cited_articles(passages))
        )
        timing["total"] = (time.perf_counter() - started) * 1000
        yield from (DeltaEvent(piece) for piece in _pieces(text))
        yield AnswerEvent(self._answer(question, finding, draft, text, citations, timing))

    def warm(self) -> None:
        """Make the first answers as quick as the later ones: read every record's text and open the stores."""
        understanding, composer = self._readers()
        understanding.linker.spelling.warm()
        everything = tuple(deal.id for deal in self.index.ledger.deals)
        for language in ("en", "bn"):
            finding = Finding(Query(Intent.LIST, language), everything)
            render(composer.compose(finding, ()), self.index.ledger, {})
        self._passages(Query(Intent.PASSAGE, search="warrant ওয়ারেন্ট"))

    def as_runnable(self) -> "Runnable[Any, Answer]":
        """Return a LangChain Runnable: a string or ``{"question", "history", "language"}`` in, an Answer out."""
        from langchain_core.runnables import RunnableLambda

        def ask(given: Any) -> Answer:  # noqa: ANN401  (a Runnable takes what a chain hands it)
            if isinstance(given, str):
                return self.ask(given)
            history = tuple(Turn(turn["role"], turn["content"]) for turn in given.get("history") or ())
            return self.ask(given["question"], history, given.get("language"))

        return RunnableLambda(ask)

    def _readers(self) -> tuple[Understanding, Composer]:
        """Return the understanding and the composer of the present records; made anew when the records change."""
        ledger = self.index.ledger
        made = self._readers_made
        if made is None or made[0].ledger is not ledger:
            made = self._readers_made = (make_understanding(ledger), Composer(ledger))
        return made

    def _passages(self, query: Query) -> tuple[Evidence, ...]:
        from assistant.retrieval import find_passages

        understanding, _ = self._readers()
        return find_passages(self.index, query, understanding.aspects(query))

    def _cited_articles(self, passages: tuple[Evidence, ...]) -> dict[str, Any]:
        return {name: self.index.articles[name] for name in dict.fromkeys(p.id for p in passages if p.kind == "article")}

    def _answer(
        self,
        question: Question,
        finding: Finding,
        draft: Draft,
        text: str,
        citations: tuple[Citation, ...],
        timing: dict[str, float],
    ) -> Answer:
        query = finding.query
        return Answer(
            question=question.text,
            language=query.language,
            intent=query.intent,
            text=text,
            abstained=draft.abstained,
            deals=() if draft.abstained else finding.deals,
            value=None if draft.abstained else _value(finding.value),
            verdict=finding.verdict,
            citations=citations,
            conflicts=self._conflicts(finding),
            left_out=tuple(_left_out(entry, query.language) for entry in finding.left_out),
            follow_ups=draft.follow_ups,
            written_by=draft.written_by,
            timing_ms={name: round(spent, 2) for name, spent in timing.items()},
        )

    def _conflicts(self, finding: Finding) -> tuple[Conflict, ...]:
        notes = ((name, self.index.ledger.deal(name).conflict_note(finding.query.language)) for name in finding.deals)
        return tuple(Conflict(deal=name, note=note) for name, note in notes if note)


def open_assistant(settings: Settings, progress: "Progress | None" = None) -> Assistant:
    """Open the assistant: records at once, the index where it is built already; without one it is built now."""

    def load() -> Any:  # noqa: ANN401  (an Embedder; its type lives with a heavy import)
        from index.embeddings import load_embedder

        return load_embedder(settings.embedding)

    def rerank() -> Any:  # noqa: ANN401  (a Reranker or None)
        from index.embeddings import load_reranker

        return load_reranker(settings.rerank)

    index = open_index(settings.home, settings.corpus, load, rerank)
    if progress is not None and not index.begun:
        index.rebuild(progress)
    return Assistant(index, settings.today)


def _timed(timing: dict[str, float], name: str, step: Callable[[], Any]) -> Any:  # noqa: ANN401  (whatever the step returns)
    started = time.perf_counter()
    result = step()
    timing[name] = (time.perf_counter() - started) * 1000
    return result


def _needs_passages(query: Query, finding: Finding) -> bool:
    """True where the records cannot answer by themselves: definitions, reasons, and what no filter caught."""
    if query.intent == Intent.PASSAGE:
        return True
    empty = not (finding.deals or finding.paths or finding.circles or finding.nearest)
    return query.intent in (Intent.LIST, Intent.LOOKUP) and empty and not query.unknown_names


def _may_be_told(query: Query, finding: Finding) -> bool:
    """True for a list that rests on a word of titles and left several words over: an article may say more."""
    found = bool(finding.deals) and bool(query.filters.parties)
    return query.intent == Intent.LIST and bool(query.filters.text) and len(query.not_understood) > 1 and not found


def _in_scope(finding: Finding, passages: tuple[Evidence, ...]) -> Finding:
    """Settle by the passages whether a question without any deal words is about the corpus at all."""
    query = finding.query
    if passages and query.intent == Intent.PASSAGE:
        return replace(finding, query=replace(query, out_of_scope=False, not_understood=(), not_recorded=()))
    if query.out_of_scope or query.not_recorded:
        return replace(finding, query=replace(query, intent=Intent.UNKNOWN))
    if query.intent == Intent.PASSAGE:  # "the corpus does not say" goes for all of the question
        return replace(finding, query=replace(query, not_understood=()))
    return finding


def _better_told(finding: Finding, passages: tuple[Evidence, ...]) -> tuple[Finding, tuple[Evidence, ...]]:
    """Answer from the articles where they hold most of the words that the records had no place for."""
    lost = {word for text in finding.query.not_understood for word in tokens(text)}
    told = {word for evidence in passages[:3] for word in tokens(evidence.quote)}
    if not lost or 2 * len(lost & told) < len(lost):
        return finding, ()
    query = replace(finding.query, intent=Intent.PASSAGE, not_understood=(), out_of_scope=False)
    return Finding(query), passages


def _value(value: Value | None) -> AnswerValue | DateValue | None:
    if value is None:
        return None
    if value.date:
        return DateValue(date=value.date)
    return AnswerValue(amount=plain(value.amount), unit=value.unit) if value.amount is not None and value.unit else None


def _left_out(entry: LeftOut, language: Language) -> LeftOutNote:
    return LeftOutNote(deal=entry.deal, reason=phrases(language).say(f"left_reason.{entry.reason}"))


def _pieces(text: str) -> Iterator[str]:
    """Cut the verified text at spaces for streaming; the pieces joined are the text."""
    start = 0
    while start < len(text):
        end = text.find(" ", start + _PIECE)
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end
