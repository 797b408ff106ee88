"""A small stand-in for the assistant, with an index in memory, for the tests of the doors."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.chat import Assistant
from assistant.opening import Lobby
from assistant.schema import Answer, AnswerEvent, Citation, DeltaEvent, Event, Intent, LeftOutNote, Question, StatusEvent
from assistant.settings import Settings, load_settings
from index.build import BuildReport
from index.corpus import SHIPPED, Corpus, own_id
from index.deal_files import read_records
from index.documents import deal_text
from index.embeddings import load_embedder
from index.errors import NotFoundError
from index.ledger import Ledger
from index.loaders import load_article
from index.own_records import AddedRecords, Brought, OwnRecords, with_file, without
from index.records import Article, Chunk, Deal, DealType, Entity, Party, Role, Sector, Source, Status
from index.search import Hit, open_index

ENTITIES = (
    Entity("openai", "OpenAI", "ওপেনএআই", aliases_en=("Open AI",), sectors=(Sector.AI_LAB,)),
    Entity("amd", "AMD", "এএমডি", sectors=(Sector.CHIPMAKER,)),
    Entity("oracle", "Oracle", "ওরাকল", sectors=(Sector.CLOUD_PROVIDER,)),
)
SOURCE = Source("https://example.org/a", "Example News", "A", "2025-10-06")
DEALS = (
    Deal(
        "2025-10-06-openai-amd", "OpenAI takes AMD chips", DealType.CHIP_SUPPLY,
        (Party("openai", Role.BUYER), Party("amd", Role.SELLER)), "2025-10-06", "day", Status.SIGNED, (SOURCE,),
        title_bn="এএমডির চিপ নিচ্ছে ওপেনএআই", amount_usd=None, conflict_note_en="Sources differ on the term.",
    ),
    Deal(
        "2025-09-openai-oracle", "=OpenAI rents <b>Oracle</b> clouds", DealType.CLOUD_CONTRACT,
        (Party("openai", Role.BUYER), Party("oracle", Role.SELLER)), "2025-09", "month", Status.IN_TALKS, (SOURCE,),
        title_bn="ওরাকলের ক্লাউড", amount_usd=Decimal(300_000_000_000),
    ),
)  # fmt: skip


class MemoryIndex:
    """The index as the doors use it, without stores."""

    def __init__(self, home: Path) -> None:
        self.corpus = Corpus(home / "nothing-shipped", home / "corpus")
        self.ledger = Ledger(ENTITIES, DEALS)
        self.own = OwnRecords()
        shipped = Article("en-brief", "A brief", "OpenAI and AMD.", "en", "brief.md", "0", publisher="Chukti")
        self.articles: dict[str, Article] = {shipped.id: shipped}

    def search(self, text: str, limit: int = 8) -> tuple[Hit, ...]:
        """Return the brief for every text."""
        chunk = Chunk("c1", "en-brief", "article", "en", f"OpenAI and AMD. {text}"[:15], 0, 15, 0, title="A brief")
        return (Hit(chunk, 0.5, 1, 1),)[:limit]

    def document(self, kind: str, name: str, language: str) -> str:
        """Return a deal's text."""
        assert kind == "deal"
        return deal_text(self.ledger.deal(name), self.ledger, language)  # type: ignore[arg-type]

    def add(self, path: Path) -> Article:
        """Take a file."""
        article = load_article(path, own_id(path))
        target = self.corpus.own / "articles" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        self.articles[article.id] = article
        return article

    def add_records(self, path: Path) -> AddedRecords:
        """Take a file of records."""
        ledger = Ledger([*ENTITIES, *self.own.entities.values()], [*DEALS, *self.own.deals.values()])
        self.own, added = with_file(self.own, ledger, read_records(path))
        self.ledger = Ledger([*ENTITIES, *self.own.entities.values()], [*DEALS, *self.own.deals.values()])
        return added

    def record_files(self) -> Mapping[str, Brought]:
        """Return the files of records."""
        return self.own.files

    def rebuild(self, progress: object = None) -> BuildReport:
        """Find nothing to do."""
        return BuildReport(skipped=len(self.articles))

    def remove(self, article_id: str) -> None:
        """Drop an article, a deal or a file of records."""
        if article_id in self.own.deals or article_id in self.own.files:
            self.own = without(self.own, article_id)
        elif self.articles.pop(article_id, None) is None:
            raise NotFoundError(f"There is no article {article_id!r}.")


@dataclass
class StandIn:
    """Answers every question with one cited sentence and remembers what it was asked."""

    index: MemoryIndex
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        """Return the answer that every question gets."""
        self.asked.append(question)
        text = deal_text(self.index.ledger.deal(DEALS[0].id), self.index.ledger, "en")
        quote = text.splitlines()[0]
        number = len(self.asked)
        return Answer(
            question=question.text,
            language=question.language or "en",
            intent=Intent.LIST,
            text=f"Answer {number}: OpenAI takes chips [1] and \\[2\\] is no marker [7].",
            deals=(DEALS[0].id, DEALS[1].id),
            citations=(
                Citation(
                    marker=1, kind="deal", id=DEALS[0].id, title=f"Title {number} <script>x</script>", publisher="Example",
                    url="https://example.org/a?x=1&y=2", date="2025-10-06", language="en", quote=quote, start=0, end=len(quote),
                ),
            ),
            conflicts=(),
            left_out=(LeftOutNote(deal=DEALS[1].id, reason="it is only talked about"),),
            follow_ups=("And with Oracle?",),
            timing_ms={"total": 3.2},
        )  # fmt: skip

    def stream(self, question: Question) -> Iterator[Event]:
        """Yield the same answer in pieces."""
        yield StatusEvent("Looking into the records")
        answer = self.ask(question)
        half = len(answer.text) // 2
        yield DeltaEvent(answer.text[:half])
        yield DeltaEvent(answer.text[half:])
        yield AnswerEvent(answer)


@pytest.fixture
def settings(own_home: Path) -> Settings:
    """Settings of the test's own home."""
    return load_settings(port=7999)


@pytest.fixture
def stand_in(settings: Settings) -> StandIn:
    """An assistant that needs no index."""
    return StandIn(MemoryIndex(settings.home))


@pytest.fixture
def open_lobby(settings: Settings, stand_in: StandIn) -> Lobby:
    """A lobby whose assistant is open."""
    lobby = Lobby(settings, lambda *_: stand_in)  # type: ignore[arg-type,return-value]
    lobby.start()
    assert lobby.wait(5)
    return lobby


@pytest.fixture
def serve_in_thread() -> Iterator[Callable[[object, int], str]]:
    """Serve an application on a port of this machine for the length of a test; return its address."""
    import threading
    import time

    import uvicorn

    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(app: object, port: int) -> str:
        config = uvicorn.Config(app, port=port, log_level="error", ws="none", timeout_graceful_shutdown=1)  # type: ignore[arg-type]
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread))
        for _ in range(200):
            if server.started:
                return f"http://127.0.0.1:{port}"
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    yield serve
    for server, thread in running:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Return an assistant over the shipped corpus with the bundled model, in November 2026."""
    home = tmp_path_factory.mktemp("home")
    yield Assistant(open_index(home, Corpus(SHIPPED, home / "corpus"), load_embedder), date(2026, 11, 24))
