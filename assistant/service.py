"""What every door offers, as plain rows; ``remote.Remote`` offers the same over HTTP."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.listing import DealFilters, deal_row, matching
from assistant.schema import Answer, Event, Question
from index.errors import UsageError
from index.records import Article
from index.tables import holds_records

if TYPE_CHECKING:
    from index.ledger import Ledger
    from index.own_records import AddedRecords, Change
    from index.search import Index

QUESTION_LIMIT = 2000  # characters: several times the longest sensible question
SEARCH_LIMIT = 50  # hits of one search
HOW_ADDED = ("added", "changed", "unchanged")
Row = dict[str, Any]


class Asked(Protocol):
    """What a door needs of ``assistant.chat.Assistant``."""

    index: "Index"

    def ask(self, question: Question) -> Answer:
        """Return the whole answer."""

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield the answer as it is made; the last event holds it whole."""

    def warm(self) -> None:
        """Make the first answers as quick as the later ones."""


class Service:
    """The doors' one way to a local assistant."""

    def __init__(self, assistant: Asked) -> None:
        """Serve an open assistant."""
        self.assistant = assistant

    @property
    def ledger(self) -> "Ledger":
        """The records."""
        return self.assistant.index.ledger

    def ask(self, question: Question) -> Answer:
        """Return the answer; raises UsageError for an empty or overlong question."""
        return self.assistant.ask(checked(question))

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield the events of an answer; raises UsageError as ``ask`` does."""
        return self.assistant.stream(checked(question))

    def search(self, text: str, limit: int = 8) -> list[Row]:
        """Return the best passages of articles and records, best first."""
        if not text.strip():
            raise UsageError("There is nothing to search for; type a few words.")
        if not 1 <= limit <= SEARCH_LIMIT:
            raise UsageError(f"The limit {limit!r} is not between 1 and {SEARCH_LIMIT}; choose a number in between.")
        return [
            {
                "kind": hit.chunk.kind,
                "id": hit.chunk.document,
                "title": hit.chunk.title,
                "heading": hit.chunk.heading,
                "language": hit.chunk.language,
                "date": hit.chunk.date,
                "quote": hit.chunk.text,
                "start": hit.chunk.start,
                "end": hit.chunk.end,
                "score": round(hit.score, 6),
            }
            for hit in self.assistant.index.search(text[:QUESTION_LIMIT], limit)
        ]

    def deals(self, filters: DealFilters) -> list[Row]:
        """Return the records that pass, oldest first; raises UsageError for a filter value that means nothing."""
        return [deal_row(deal) for deal in matching(self.ledger, filters)]

    def deal(self, deal_id: str) -> Row:
        """Return one record with the texts that citations quote by offset; raises NotFoundError."""
        row = deal_row(self.ledger.deal(deal_id))
        texts = {f"text_{language}": self.assistant.index.document("deal", deal_id, language) for language in ("en", "bn")}
        return {**row, **texts}

    def entities(self) -> list[Row]:
        """Return every organisation, in the order of the corpus files."""
        from index.records import ENTITY

        return [ENTITY.dump_python(entity, mode="json") for entity in self.ledger.entities.values()]

    def sources(self) -> list[Row]:
        """Return every article, shipped ones first, then the person's files of deal records."""
        return [*self.articles(), *self.files()]

    def articles(self) -> list[Row]:
        """Return every article, shipped ones first."""
        own = self._own()
        rows = [article_row(article, article.id in own) for article in self.assistant.index.articles.values()]
        return sorted(rows, key=lambda row: (row["own"], row["id"]))

    def files(self) -> list[Row]:
        """Return the person's files of deal records by name, with what each brought."""
        files = self.assistant.index.record_files()
        return [records_row(name, one.deals, one.entities) for name, one in sorted(files.items())]

    def article(self, article_id: str) -> Row:
        """Return one article with its text and sources; raises NotFoundError."""
        article = self.assistant.index.articles[article_id]
        sources = [{"url": source.url, "publisher": source.publisher, "title": source.title} for source in article.sources]
        return {**article_row(article, article_id in self._own()), "text": article.text, "sources": sources}

    def add(self, path: Path) -> Row:
        """Take a file into the person's corpus, as deal records or as an article by its suffix.

        The row of a file of records says which deals and organisations were added, changed and unchanged. Raises
        UsageError or CorpusError when the file cannot be read; then nothing changes.
        """
        if not path.is_file():
            raise UsageError(f"There is no file {str(path)!r}; check the path.")
        if not holds_records(path.name):
            return article_row(self.assistant.index.add(path), own=True)
        added = self.assistant.index.add_records(path)
        every = {name: [*one.added, *one.changed, *one.unchanged] for name, one in _changes(added)}
        row = records_row(added.file, every["deals"], every["entities"])
        return row | {how: {name: list(getattr(one, how)) for name, one in _changes(added)} for how in HOW_ADDED}

    def add_upload(self, name: str, content: bytes) -> Row:
        """Take an uploaded file; only the last part of its name is used."""
        clean = Path(name.replace("\\", "/")).name.lstrip(".")
        if not clean or not content:
            raise UsageError(f"The upload {name!r} has no name or no content; choose another file.")
        with tempfile.TemporaryDirectory(prefix="chukti-") as folder:
            path = Path(folder) / clean
            path.write_bytes(content)
            return self.add(path)

    def remove(self, article_id: str) -> None:
        """Drop one of the person's own articles, deals or files of records; raises NotFoundError or UsageError."""
        self.assistant.index.remove(article_id)

    def build(self) -> Row:
        """Bring the index up to date with the files of the corpus; return what was done."""
        from dataclasses import asdict

        return asdict(self.assistant.index.rebuild())

    def counts(self) -> dict[str, int]:
        """Return how many deals, organisations and articles there are."""
        articles = sum(1 for _ in self.assistant.index.corpus.article_files())
        return {"deals": len(self.ledger), "entities": len(self.ledger.entities), "articles": articles}

    def _own(self) -> frozenset[str]:
        from index.corpus import own_id

        folder = self.assistant.index.corpus.own / "articles"
        return frozenset(own_id(path) for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else frozenset()


def _changes(added: "AddedRecords") -> tuple[tuple[str, "Change"], ...]:
    return ("deals", added.deals), ("entities", added.entities)


def records_row(name: str, deals: Sequence[str], entities: Sequence[str]) -> Row:
    """Return what doors tell of a file of deal records: the ids of what it brought."""
    return {"id": name, "kind": "records", "title": name, "own": True, "deals": list(deals), "entities": list(entities)}


def article_row(article: Article, own: bool) -> Row:
    """Return what doors tell of an article; the path of this machine stays here."""
    return {
        "id": article.id,
        "kind": "article",
        "title": article.title,
        "language": article.language,
        "date": article.date,
        "publisher": article.publisher,
        "url": article.url,
        "characters": len(article.text),
        "own": own,
        "deals": list(article.deals),
    }


def checked(question: Question) -> Question:
    """Return the question; raises UsageError when it is empty or too long."""
    if not question.text.strip():
        raise UsageError("The question is empty; type one, such as 'Which deals does OpenAI have with chipmakers?'.")
    if len(question.text) > QUESTION_LIMIT:
        raise UsageError(f"The question has {len(question.text)!r} characters; ask in at most {QUESTION_LIMIT}.")
    return question


def turns_kept(history: Sequence[Any], most: int = 12) -> tuple[Any, ...]:
    """Return the last turns; older ones never change the meaning of a follow-up."""
    return tuple(history)[-most:]
