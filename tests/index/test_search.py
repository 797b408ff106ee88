"""The index as the product sees it: hits, filters, adding and removing, and safety between threads."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from index.corpus import Corpus
from index.embeddings import TransformerEmbeddings
from index.errors import ChuktiError, CorpusError, NotFoundError, UsageError
from index.lock import owner_of
from index.search import Index, open_index


@pytest.fixture
def index(corpus: Corpus, building: ModuleType, tmp_path: Path) -> Iterator[Index]:
    """An index of the tiny corpus, not built yet."""
    index = open_index(tmp_path / "home", corpus, building.HashEmbedder)
    yield index
    index.close()


def test_records_are_there_before_any_store_is_opened(index: Index, tmp_path: Path) -> None:
    """Opening reads the ledger only: no model, no Chroma, no tantivy, no lock."""
    assert len(index.ledger) == 1
    assert not index.begun
    assert owner_of(tmp_path / "home") is None
    assert not (tmp_path / "home" / "index").exists()


def test_hits_are_exact_slices_with_their_ranks(index: Index) -> None:
    """Each hit's text is the slice of its document that its offsets name, and says where each leg ranked it."""
    hits = index.search("OpenAI AMD warrant chips", limit=4)
    assert hits
    for hit in hits:
        chunk = hit.chunk
        assert index.document(chunk.kind, chunk.document, chunk.language)[chunk.start : chunk.end] == chunk.text
        assert hit.dense_rank or hit.lexical_rank
        assert -1.0 <= hit.similarity <= 1.0001
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_a_deal_comes_once_in_the_language_that_fits(index: Index) -> None:
    """Both languages of a record are indexed, one of them is a hit."""
    for question, language in [("chips from AMD, 6 gigawatts", "en"), ("এএমডির চিপ কিনছে", "bn")]:
        deals = [hit.chunk for hit in index.search(question) if hit.chunk.kind == "deal"]
        assert [(chunk.document, chunk.language) for chunk in deals] == [("2025-10-06-openai-amd", language)]


def test_filters_narrow_the_hits(index: Index) -> None:
    """Kinds, language and documents let only their own chunks through; no text or no limit finds nothing."""
    assert {hit.chunk.kind for hit in index.search("AMD", kinds=frozenset({"article"}))} == {"article"}
    assert {hit.chunk.language for hit in index.search("AMD এএমডি", language="bn")} == {"bn"}
    assert {hit.chunk.document for hit in index.search("AMD", documents=frozenset({"en-warrant"}))} == {"en-warrant"}
    assert index.search(" ") == index.search("AMD", limit=0) == ()


def test_a_reranker_has_the_last_word(index: Index, corpus: Corpus, building: ModuleType) -> None:
    """The best hits come in the order and with the scores of the cross-encoder, which is loaded at the first search."""
    loaded: list[str] = []

    class Shortest:
        """Prefers short passages, whatever the question."""

        name = "shortest"

        def scores(self, question: str, passages: Sequence[str]) -> tuple[float, ...]:
            return tuple(-float(len(passage)) for passage in passages)

    def load() -> Shortest:
        loaded.append("once")
        return Shortest()

    plain = index.search("OpenAI AMD warrant chips", limit=4)
    index.close()
    reranked = open_index(index.home, corpus, building.HashEmbedder, load)
    assert not loaded
    hits = [reranked.search("OpenAI AMD warrant chips", limit=limit) for limit in (4, 1)]
    reranked.close()
    assert {hit.chunk.id for hit in hits[0]} == {hit.chunk.id for hit in plain}
    assert [hit.score for hit in hits[0]] == sorted((hit.score for hit in hits[0]), reverse=True)
    assert len(hits[0][0].chunk.text) < len(hits[0][-1].chunk.text)
    assert hits[1] == hits[0][:1]
    assert loaded == ["once"]


def test_a_model_without_bengali_is_warned_of(
    corpus: Corpus, building: ModuleType, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The records are in both languages, so a model that reads one of them is told of when it is loaded."""

    class English(building.HashEmbedder, TransformerEmbeddings):
        """Knows no word of Bengali."""

        name = "english-only"

        def __init__(self) -> None:
            building.HashEmbedder.__init__(self)

    assert open_index(tmp_path / "home", corpus, English).embedder.name == "english-only"
    assert "'english-only' does not know Bengali" in caplog.text


def test_words_of_the_other_script_do_not_outweigh_meaning(index: Index) -> None:
    """A chunk in another script gets no votes for the words that it shares, one in the question's script does."""
    hits = {hit.chunk.language: hit for hit in index.search("AMD warrant", kinds=frozenset({"article"}))}
    assert hits["en"].score > hits["en"].similarity
    assert hits["bn"].score <= max(hits["bn"].similarity, 0.0) + 1e-9 or hits["bn"].dense_rank == 0


def test_articles_are_a_mapping(index: Index) -> None:
    """Articles are listed, looked up, tested for, and missing ones are told."""
    assert sorted(index.articles) == ["bn-warrant", "en-warrant"]
    assert len(index.articles) == 2
    assert index.articles["en-warrant"].text == "AMD gives OpenAI a warrant. It vests in steps."
    assert "en-warrant" in index.articles and "none" not in index.articles and 3 not in index.articles
    assert index.articles.get("none") is None
    for ask in (
        lambda: index.articles["none"],
        lambda: index.document("article", "none", "en"),
        lambda: index.document("deal", "none", "en"),
    ):
        with pytest.raises(NotFoundError, match="'none'"):
            ask()


def test_an_added_file_answers_until_it_is_removed(index: Index, corpus: Corpus, building: ModuleType, tmp_path: Path) -> None:
    """Adding indexes at once and survives a rebuild; adding the same name replaces; removal leaves nothing behind."""
    file = tmp_path / "My Report.txt"
    for words in ("Zebras graze quietly.", "Walruses swim far."):
        file.write_text(words)
        article = index.add(file)
        assert (article.id, article.text) == ("my-report", words)
        assert index.search(words, limit=1)[0].chunk.document == "my-report"
    assert index.rebuild().skipped == 5
    assert all("Zebras" not in hit.chunk.text for hit in index.search("Zebras graze quietly", limit=20))
    index.remove("my-report")
    assert "my-report" not in index.articles
    assert all("Walruses" not in hit.chunk.text for hit in index.search("Walruses swim far", limit=20))
    dense, lexical, manifest = _contents(index, building, corpus)
    assert not any("my-report" in key for key in (*manifest, *lexical))
    assert dense == frozenset(chunk for chunks in manifest.values() for chunk in chunks)
    assert not list((corpus.own / "articles").iterdir())


def _contents(index: Index, building: ModuleType, corpus: Corpus) -> tuple:
    index.close()
    return building.contents(index.home, corpus)


def test_what_cannot_be_added_changes_nothing(index: Index, corpus: Corpus, tmp_path: Path) -> None:
    """A bad file is refused before anything is written."""
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    with pytest.raises(CorpusError, match="is not UTF-8 text"):
        index.add(tmp_path / "bad.txt")
    assert not corpus.own.exists()


def test_shipped_articles_and_deals_stay(index: Index) -> None:
    """Only a person's own documents can be removed; unknown ones are told."""
    for name in ("en-warrant", "2025-10-06-openai-amd"):
        with pytest.raises(UsageError, match="is shipped with Chukti and stays"):
            index.remove(name)
    with pytest.raises(NotFoundError, match="'nothing'"):
        index.remove("nothing")


def test_an_own_article_in_place_of_a_shipped_one_gives_it_back(index: Index, tmp_path: Path) -> None:
    """A file named like a shipped article stands in for it until it is removed."""
    (tmp_path / "en-warrant.txt").write_text("Zebras graze quietly.")
    index.add(tmp_path / "en-warrant.txt")
    assert index.articles["en-warrant"].text == "Zebras graze quietly."
    index.remove("en-warrant")
    assert index.articles["en-warrant"].text.startswith("AMD gives")


def test_a_record_edited_since_the_build_is_not_quoted_from_old_text(
    index: Index, corpus: Corpus, building: ModuleType
) -> None:
    """Before the next build, a changed record gives no hit rather than a quote that it does not hold; then it does again."""
    index.search("AMD")
    index.close()
    deals = corpus.shipped / "deals.jsonl"
    deals.write_text(deals.read_text().replace("OpenAI buys chips", "OpenAI orders chips"))
    changed = open_index(index.home, corpus, building.HashEmbedder)
    assert not [hit for hit in changed.search("chips gigawatts AMD") if hit.chunk.kind == "deal" and hit.chunk.language == "en"]
    changed.rebuild()
    assert "orders" in next(
        hit.chunk.text for hit in changed.search("OpenAI orders chips gigawatts") if hit.chunk.kind == "deal"
    )
    changed.close()


def test_an_interrupted_add_is_finished_when_the_index_opens(
    index: Index, corpus: Corpus, building: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A death in the middle of adding leaves the file in the corpus; the next search finds it."""
    index.search("AMD")
    (tmp_path / "zoo.txt").write_text("Zebras graze quietly.")

    def die(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr("index.lexical.Lexical.change", die)
        with pytest.raises(MemoryError):
            index.add(tmp_path / "zoo.txt")
    index.close()
    again = open_index(index.home, corpus, building.HashEmbedder)
    assert again.search("Zebras graze", limit=1)[0].chunk.document == "zoo"
    again.close()


def test_threads_search_while_one_writes(index: Index, building: ModuleType, tmp_path: Path) -> None:
    """Searches from several threads stay sound while articles come and go and a rebuild runs."""
    index.search("AMD")
    failures: list[BaseException] = []
    stop = threading.Event()

    def look() -> None:
        try:
            while not stop.is_set():
                for hit in index.search("AMD topic1 article warrant", limit=5):
                    text = index.document(hit.chunk.kind, hit.chunk.document, hit.chunk.language)
                    assert text[hit.chunk.start : hit.chunk.end] == hit.chunk.text
        except NotFoundError:
            look()  # the article was removed between the two calls
        except (ChuktiError, AssertionError, RuntimeError, ValueError) as error:
            failures.append(error)

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(6):
        file = tmp_path / f"topic{number}.txt"
        file.write_text(f"Article {number} on topic1 and AMD.")
        index.add(file)
        if number % 2:
            index.remove(f"topic{number - 1}")
    index.rebuild()
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert sorted(index.articles) == ["bn-warrant", "en-warrant", "topic1", "topic3", "topic5"]


def test_hybrid_finds_what_either_leg_finds(index: Index, building: ModuleType) -> None:
    """A chunk that one leg ranks first is among the first two fused hits."""
    building.write_articles(index.corpus, range(8))
    index.rebuild()
    for question in ("topic3 article", "warrant vests", "ওয়ারেন্ট ধাপে"):
        stores = index.stores
        for leg in (stores.dense, stores.lexical):
            first = stores.lexical.chunks([leg.search(question, 1)[0][0]])
            [chunk] = first.values()
            assert chunk.document in {hit.chunk.document for hit in index.search(question, limit=4)}
