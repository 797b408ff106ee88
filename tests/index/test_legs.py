"""The two legs of the search, dense and lexical, keep the same promises."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dense import Dense, passage
from index.errors import IndexMissingError
from index.lexical import Lexical
from index.records import Chunk
from index.text import stem, tokens, words

TEXTS = {
    "c1": "AMD gives OpenAI a warrant for shares.",
    "c2": "CoreWeave rents GPUs to Microsoft.",
    "c3": "এনভিডিয়ার চিপ কিনছে ওপেনএআই।",
    "c4": "Oracle borrows $38 billion for Texas.",
}
CHUNKS = [Chunk(name, f"doc-{name}", "article", "en", text, 0, len(text), 0) for name, text in TEXTS.items()]


@pytest.fixture(params=["dense", "lexical"])
def leg(request: pytest.FixtureRequest, tmp_path: Path, building: ModuleType) -> Iterator[Dense | Lexical]:
    """An empty leg of either kind."""
    if request.param == "lexical":
        yield Lexical(tmp_path / "leg")
        return
    dense = Dense(tmp_path / "leg", building.HashEmbedder(dimension=64))
    yield dense
    dense.close()


def test_the_nearest_text_comes_first(leg: Dense | Lexical) -> None:
    """A question finds the chunk that shares its words, in either script, by falling score."""
    leg.change(CHUNKS, [])
    assert len(leg) == 4
    for question, name in [("which warrant did AMD give", "c1"), ("ওপেনএআই কোন চিপ কিনেছে", "c3"), ("38 billion Texas", "c4")]:
        found = leg.search(question, 4)
        assert found[0][0] == name
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert len(leg.search("AMD CoreWeave Oracle", 2)) == 2


def test_adding_again_replaces_and_removing_removes(leg: Dense | Lexical) -> None:
    """An id is held once; what was removed is found no more; unknown ids do no harm."""
    leg.change(CHUNKS, [])
    leg.change([replace(CHUNKS[0], text="Zebra stripes.")], ["c1"])
    assert leg.ids() == frozenset(TEXTS)
    assert leg.search("zebra stripes", 1)[0][0] == "c1"
    leg.change([], ["c1", "c2", "no-such-id"])
    assert leg.ids() == {"c3", "c4"}
    assert not {"c1", "c2"} & {name for name, _ in leg.search("zebra AMD warrant GPUs", 10)}


def test_nothing_is_found_in_nothing(leg: Dense | Lexical) -> None:
    """An empty leg answers with nothing, and so does a limit of none."""
    assert leg.search("anything", 5) == ()
    leg.change(CHUNKS, [])
    assert leg.search("AMD", 0) == ()


@pytest.mark.parametrize(
    "question", ['AMD" OR *', "warrant AND (", "id:c2", "+-!{}[]^~?\\/", "title:(AMD)", "'; DROP TABLE", "(" * 300]
)
def test_a_question_is_never_read_as_query_syntax(tmp_path: Path, question: str) -> None:
    """Operators of tantivy's query language are ordinary characters in a question."""
    lexical = Lexical(tmp_path)
    lexical.change(CHUNKS, [])
    found = {name for name, _ in lexical.search(question, 10)}
    assert found <= {"c1"}


def test_lexical_keeps_chunks_and_blobs(tmp_path: Path) -> None:
    """Stored chunks come back equal, blobs byte for byte and never as hits; the index opens again."""
    Lexical(tmp_path).change(CHUNKS, [], {"article/a": b"AMD \x00 blob"})
    lexical = Lexical(tmp_path)
    assert lexical.chunks(["c1", "c3", "none"]) == {"c1": CHUNKS[0], "c3": CHUNKS[2]}
    assert lexical.chunks([]) == {}
    assert lexical.blob("article/a") == b"AMD \x00 blob"
    assert lexical.blob("article/b") is None
    assert {name for name, _ in lexical.search("AMD blob", 9)} == {"c1"}
    lexical.change([], [], {"article/a": b"new"})
    assert lexical.blob("article/a") == b"new"
    assert len(lexical) == 5


def test_dense_embeds_title_and_heading_and_is_a_langchain_store(tmp_path: Path, building: ModuleType) -> None:
    """The passage carries what the slice alone does not say; LangChain reads the same rows."""
    chunk = replace(CHUNKS[1], title="Neoclouds", heading="Who rents")
    assert passage(chunk) == f"Neoclouds — Who rents\n{chunk.text}"
    assert passage(replace(chunk, title="CoreWeave", heading="")) == chunk.text
    dense = Dense(tmp_path / "leg", building.HashEmbedder())
    dense.change([chunk], [])
    [document] = dense.langchain().similarity_search("who rents GPUs", k=1)
    assert document.page_content == passage(chunk)
    assert document.metadata == {"document": "doc-c2", "kind": "article", "language": "en"}
    dense.close()


def test_of_a_deal_headline_summary_and_parties_are_embedded() -> None:
    """The other field lines of a record stay out of its vector; a later piece of a long record is embedded whole."""
    text = "Headline\nSummary.\nAmount: $5\nParties: OpenAI (buyer), AMD (seller)\nStatus: signed"
    deal = replace(CHUNKS[0], kind="deal", text=text, title="Headline")
    assert passage(deal) == "Headline\nSummary.\nParties: OpenAI (buyer), AMD (seller)"
    assert passage(replace(deal, ordinal=1, text="Sources: Reuters")) == "Headline\nSources: Reuters"


@given(
    st.text(st.sampled_from("aসিy's 1,০.\u00a0\u200b\u200d\t\u09bc") | st.characters(exclude_categories=["Cs"]), max_size=60)
)
def test_reading_word_by_word_gives_the_same_tokens(text: str) -> None:
    """The quick way of the tokeniser, piece by piece, yields what the whole text yields."""
    assert tokens(text) == [stem(word) for word in words(text)]


def test_damaged_files_are_told(tmp_path: Path, building: ModuleType) -> None:
    """What is no index of ours raises IndexMissingError with the next step, for either leg."""
    for folder, name in (("chroma", "chroma.sqlite3"), ("words", "meta.json")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(b"this is no index " * 100)
    with pytest.raises(IndexMissingError, match="vector index is damaged; run `chukti build`"):
        Dense(tmp_path / "chroma", building.HashEmbedder())
    with pytest.raises(IndexMissingError, match="word index is damaged; run `chukti build`"):
        Lexical(tmp_path / "words")
