"""The bundled model by the light path, other models through sentence-transformers, and the reranker."""

import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.corpus import Corpus
from index.dense import passage
from index.embeddings import (
    BUNDLED,
    Embedder,
    StaticEmbeddings,
    TransformerEmbeddings,
    contrast,
    family_prompts,
    load_embedder,
    load_reranker,
    warning,
)
from index.errors import ModelError
from index.search import open_index
from tests.index.tiny_models import cross_encoder, static_model, transformer_model

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")

TEXTS = (
    "OpenAI signed a $38 billion contract with Amazon's cloud.",
    "ওপেনএআই অ্যামাজনের সঙ্গে ৩৮ বিলিয়ন ডলারের চুক্তি করেছে।",
    "openai amazon er sathe koto taka r chukti korse?",
    "১,০০,০০০ টাকা, 1,000,000 dollars, ﬁnance Ⅻ ½ ﷺ",
    "বড় গাঢ় সময় ক্\u200dষ র\u200c্য \u200bzero\ufeff width",
    "ABC, İstanbul STRASSE straße ΣΊΣΥΦΟΣ 東京 🙂",
    "word",
)


@pytest.fixture(scope="module")
def bundled() -> StaticEmbeddings:
    """The shipped model."""
    return StaticEmbeddings()


@pytest.fixture(scope="module")
def reference() -> object:
    """The same folder by sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(BUNDLED), device="cpu")


def test_both_paths_give_the_same_vectors(bundled: StaticEmbeddings, reference: object) -> None:
    """The light path and SentenceTransformer agree to 1e-3 on every script and on odd characters."""
    expected = reference.encode(list(TEXTS), show_progress_bar=False)  # type: ignore[attr-defined]
    np.testing.assert_allclose(bundled.encode(TEXTS), expected, atol=1e-3)


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cn")), max_size=40))
def test_both_tokenise_any_text_alike(text: str) -> None:
    """The fast normaliser of the light path loses nothing against the one in tokenizer.json."""
    full = _full_tokenizer()
    light = _light()
    for sample in (text, f"চুক্তি {text} ১,২৩৪"):
        rows = full.encode(sample, add_special_tokens=False).ids
        fast = light.encode([sample])[0]
        weights, table = light._weights, light._rows
        mean = weights[rows] @ table[rows].astype(np.float32) if rows else np.zeros(light.dimension, dtype=np.float32)
        norm = float(np.linalg.norm(mean)) or 1.0
        np.testing.assert_allclose(fast, mean / norm, atol=1e-3)


def test_translations_are_nearest(bundled: StaticEmbeddings) -> None:
    """A sentence's Bengali and Banglish forms are nearer to it than other sentences are."""
    english = bundled.encode(["The company bought chips.", "The river is wide.", "How much money was invested?"])
    bengali = bundled.encode(["কোম্পানিটি চিপ কিনেছে।", "নদীটি চওড়া।", "কত টাকা বিনিয়োগ করা হয়েছে?"])
    typed = bundled.encode(["company ta chip kinse", "nodi ta chowra", "koto taka biniyog kora hoise?"])
    assert (english @ bengali.T).argmax(axis=1).tolist() == [0, 1, 2]
    assert (typed @ bengali.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_digits_of_both_scripts_are_one(bundled: StaticEmbeddings) -> None:
    """২০২৫ and 2025, and a sum with and without its commas, have one vector."""
    first, second, third, fourth = bundled.encode(["২০২৫", "2025", "1,00,000", "100000"])
    np.testing.assert_allclose(first, second)
    np.testing.assert_allclose(third, fourth)


def test_shapes_and_empty_texts(bundled: StaticEmbeddings) -> None:
    """Vectors have unit length; a text without words is all zeros; no texts give no vectors."""
    vectors = bundled.encode(["চুক্তি", "", "।।।"])
    assert vectors.shape == (3, bundled.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0], atol=1e-5)
    assert bundled.embed_documents([]) == []
    assert len(bundled.embed_query("deal")) == bundled.dimension


def test_bundled_model_knows_bengali_and_is_small(bundled: StaticEmbeddings) -> None:
    """The model passes its own check, has no warning, and its folder stays within 40 MB without a pickle."""
    assert bundled.multilingual
    assert warning(bundled, ["চুক্তি"]) is None
    files = [path for path in BUNDLED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 40_000_000
    assert not {path.suffix for path in files} & {".bin", ".pkl", ".pt"}


def test_loads_without_torch() -> None:
    """The run-time path imports neither torch nor sentence-transformers."""
    code = (
        "import sys; from index.embeddings import load_embedder; load_embedder().embed_query('চুক্তি');"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], cwd=BUNDLED.parents[1], text=True).strip() == "[]"


def test_is_quick(bundled: StaticEmbeddings) -> None:
    """A question takes a few milliseconds at most, even on a busy machine (``bench/embedding.py`` has the true figures)."""
    took = []
    for _ in range(20):
        began = time.perf_counter()
        bundled.embed_query(TEXTS[1])
        took.append(time.perf_counter() - began)
    assert min(took) < 0.005


def test_stamp_changes_with_the_weights(tmp_path: Path) -> None:
    """Equal folders have one stamp; another row or another tokenizer has another."""
    first = StaticEmbeddings(static_model(tmp_path / "one", seed=1))
    again = StaticEmbeddings(static_model(tmp_path / "two", seed=1))
    other = StaticEmbeddings(static_model(tmp_path / "three", seed=2))
    assert first.stamp == again.stamp != other.stamp
    assert (first.name, first.dimension) == ("one", 8)


def test_missing_models_name_the_next_step(tmp_path: Path) -> None:
    """A folder without a model is an error for a person, whichever way it is loaded."""
    with pytest.raises(ModelError, match="install Chukti again"):
        StaticEmbeddings(tmp_path)
    with pytest.raises(ModelError, match="CHUKTI_EMBEDDING"):
        load_embedder(str(tmp_path / "none"))
    with pytest.raises(ModelError, match="CHUKTI_RERANK"):
        load_reranker(str(tmp_path / "none"))


def test_bundled_model_by_default() -> None:
    """No name means the bundled model."""
    assert isinstance(load_embedder(None), StaticEmbeddings)
    assert load_reranker(None) is None


@pytest.mark.parametrize(
    ("name", "query", "document"),
    [
        pytest.param("intfloat/multilingual-e5-small", "query: ", "passage: ", id="e5"),
        pytest.param("intfloat/multilingual-e5-large-instruct", "Instruct: ", "", id="e5_instruct"),
        pytest.param("BAAI/bge-small-en-v1.5", "Represent this sentence", "", id="bge"),
        pytest.param("models/anything", "", "", id="unknown"),
    ],
)
def test_families_have_prompts(name: str, query: str, document: str) -> None:
    """Models whose settings lack the prompts of their card get them by family."""
    prompts = family_prompts(name)
    assert prompts["query"].startswith(query)
    assert prompts["document"] == document


def test_prompts_of_a_family_reach_the_model(tmp_path: Path) -> None:
    """An E5 folder without prompts embeds a question and a passage of the same words differently."""
    plain = load_embedder(str(transformer_model(tmp_path / "plain", {})))
    family = load_embedder(str(transformer_model(tmp_path / "tiny-e5-small", {})))
    assert plain.embed_query("deal") == pytest.approx(plain.embed_documents(["deal"])[0], abs=1e-5)
    assert family.embed_query("deal") == pytest.approx(plain.embed_query("query: deal"), abs=1e-5)
    assert family.embed_documents(["deal"])[0] == pytest.approx(plain.embed_query("passage: deal"), abs=1e-5)


def test_own_prompts_win(tmp_path: Path) -> None:
    """Prompts in the model's settings are used as they are, and change the stamp."""
    plain = load_embedder(str(transformer_model(tmp_path / "plain", {})))
    own = load_embedder(str(transformer_model(tmp_path / "own", {"query": "chip ", "document": ""})))
    assert own.embed_query("deal") == pytest.approx(plain.embed_query("chip deal"), abs=1e-5)
    assert own.embed_documents(["deal"])[0] == pytest.approx(plain.embed_query("deal"), abs=1e-5)
    assert own.stamp != plain.stamp
    assert plain.dimension == 16
    assert isinstance(plain, Embedder)


@pytest.mark.parametrize(
    "prompts",
    [
        pytest.param(
            {
                "query": "task: search result | query: ",
                "document": "title: none | text: ",
                "Clustering": "task: clustering | query: ",
            },
            id="embeddinggemma",
        ),
        pytest.param(
            {"query": "Instruct: Given a web search query, retrieve relevant passages\nQuery:", "document": ""}, id="qwen3"
        ),
    ],
)
def test_prompts_of_the_models_own_settings_are_used(tmp_path: Path, prompts: dict[str, str]) -> None:
    """EmbeddingGemma and Qwen3 name their prompts in their settings; questions and passages each get their own."""
    plain = load_embedder(str(transformer_model(tmp_path / "plain", {})))
    own = load_embedder(str(transformer_model(tmp_path / "own", prompts)))
    assert own.embed_query("deal") == pytest.approx(plain.embed_query(prompts["query"] + "deal"), abs=1e-5)
    assert own.embed_documents(["deal"])[0] == pytest.approx(plain.embed_query(prompts["document"] + "deal"), abs=1e-5)


def test_contrast_is_the_range_that_a_model_uses(bundled: StaticEmbeddings) -> None:
    """Sentences on other things are far apart for the bundled model; a model that sees no difference has none."""

    class Same(StaticEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[1.0, 0.0] for _ in texts]

    assert contrast(bundled) > 0.7
    assert contrast(Same()) == pytest.approx(0.0)


def test_english_only_models_warn(tmp_path: Path) -> None:
    """A model to which all Bengali is one unknown word warns for a Bengali corpus, and only for that."""
    embedder = TransformerEmbeddings(str(transformer_model(tmp_path / "english", {})))
    assert not embedder.multilingual
    assert "does not know Bengali" in (warning(embedder, ["deal", "চুক্তি"]) or "")
    assert warning(embedder, ["deal"]) is None


def test_reranker_scores_each_passage(tmp_path: Path) -> None:
    """One score a passage, the same each time, none for no passages."""
    reranker = load_reranker(str(cross_encoder(tmp_path / "cross")))
    assert reranker is not None
    scores = reranker.scores("deal", ["chip", "cloud contract", "chip"])
    assert len(scores) == 3
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert reranker.scores("deal", []) == ()


def test_search_reranks_by_the_named_cross_encoder(tmp_path: Path, corpus: Corpus, building: ModuleType) -> None:
    """An index with a cross-encoder gives its scores, best first; a name that cannot be loaded is one sentence."""
    name = str(cross_encoder(tmp_path / "cross"))
    index = open_index(tmp_path / "home", corpus, building.HashEmbedder, lambda: load_reranker(name))
    hits = index.search("AMD gives a warrant", limit=3)
    expected = load_reranker(name).scores("AMD gives a warrant", [passage(hit.chunk) for hit in hits])  # type: ignore[union-attr]
    assert [hit.score for hit in hits] == pytest.approx(list(expected), abs=1e-5)
    assert list(expected) == sorted(expected, reverse=True)
    index.close()
    broken = open_index(tmp_path / "home", corpus, building.HashEmbedder, lambda: load_reranker(str(tmp_path / "none")))
    with pytest.raises(ModelError, match="none' cannot be loaded; check CHUKTI_RERANK"):
        broken.search("AMD")
    broken.close()


def _full_tokenizer() -> Tokenizer:
    return _once("full", lambda: Tokenizer.from_file(str(BUNDLED / "tokenizer.json")))


def _light() -> StaticEmbeddings:
    return _once("light", StaticEmbeddings)


_KEPT: dict[str, object] = {}


def _once(key: str, make: object) -> object:
    if key not in _KEPT:
        _KEPT[key] = make()  # type: ignore[operator]
    return _KEPT[key]
