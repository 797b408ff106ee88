"""Search at size: `python -m bench.scale [--sizes 10000 100000] [--naive 2000]`.

For each size synthetic articles are indexed; then, in a fresh process, the index is opened and questions in both scripts
are searched. "Naive" is LangChain's Chroma with all-MiniLM-L6-v2 over the same rows: at ``--naive`` rows with its own
vectors, at the full size with random ones of its dimension (embedding 100,000 chunks with it takes most of an hour on two
cores), which costs a search the same. Memory is resident, of the searching process; disk is of the index folder.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.ingestion import naive_embedder, read_rows
from bench.latency import quantile
from bench.synthetic import questions, write_corpus
from index.build import build_index
from index.corpus import Corpus
from index.embeddings import load_embedder
from index.ledger import Ledger

ROOT = Path(__file__).parent.parent
QUESTIONS = 200
NAIVE_DIMENSION = 384
COLUMNS = ("system", "chunks", "build_s", "open_s", "first_ms", "p50_ms", "p95_ms", "memory_mb", "disk_mb")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000])
    parser.add_argument("--naive", type=int, default=2000, help="rows that the naive chain embeds, 0 to leave it out")
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    parser.add_argument("--search", nargs=2, metavar=("SYSTEM", "FOLDER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.search:
        print(json.dumps(search(given.search[0], Path(given.search[1]))))
        return
    rows = [row for size in given.sizes for row in measure(size, given.naive)]
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS))
    for row in rows:
        print("| " + " | ".join(str(row[column]) for column in COLUMNS) + " |")
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def measure(size: int, naive: int) -> list[dict[str, Any]]:
    """Return one row for Chukti and two for the naive chain at a size."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        corpus = write_corpus(home / "corpus", size)
        embedder = load_embedder()
        started = time.perf_counter()
        stores, _ = build_index(home, corpus, embedder, ledger=Ledger([], []))
        spent = time.perf_counter() - started
        rows = [_row("Chukti, hybrid", home, len(stores.dense), spent, home / "index")]
        stores.close()
        if naive:
            ids, texts, _, _ = read_rows(home, embedder)
            for own, count in ((True, min(naive, len(ids))), (False, len(ids))):
                folder = Path(name) / f"naive-{count}-{own}"
                started = time.perf_counter()
                _add_naive(folder, ids[:count], texts[:count], own)
                what = "naive, its own vectors" if own else "naive, random vectors"
                rows.append(_row(what, folder, count, time.perf_counter() - started, folder))
    return rows


def search(system: str, folder: Path) -> dict[str, float]:
    """Open an index and search it; return seconds to open, milliseconds of the first and the later searches, memory."""
    asked = questions(QUESTIONS)
    started = time.perf_counter()
    if system.startswith("naive"):
        from langchain_chroma import Chroma

        store = Chroma("naive", naive_embedder(), str(folder))

        def ask(text: str) -> object:
            return store.similarity_search(text, k=8)
    else:
        from index.search import open_index

        index = open_index(folder, Corpus(folder / "none", folder / "corpus"), load_embedder)
        _ = index.stores

        def ask(text: str) -> object:
            return index.search(text, 8)

    opened = time.perf_counter() - started
    times = []
    for text in asked:
        started = time.perf_counter()
        ask(text)
        times.append((time.perf_counter() - started) * 1000)
    memory = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return {
        "open_s": round(opened, 2),
        "first_ms": round(times[0], 1),
        "p50_ms": quantile(times[1:], 50),
        "p95_ms": quantile(times[1:], 95),
        "memory_mb": int(memory.split()[1]) // 1024,
    }


def _row(system: str, folder: Path, chunks: int, build: float, on_disk: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.scale", "--search", system, str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    disk = sum(path.stat().st_size for path in on_disk.rglob("*") if path.is_file()) // 2**20
    figures = json.loads(done.stdout.splitlines()[-1])
    return {"system": system, "chunks": chunks, "build_s": round(build, 1), "disk_mb": disk, **figures}


def _add_naive(folder: Path, ids: list[str], texts: list[str], own_vectors: bool) -> None:
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

    class RandomVectors(Embeddings):
        chance = random.Random(3)

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[self.chance.gauss(0, 1) for _ in range(NAIVE_DIMENSION)] for _ in texts]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    store = Chroma("naive", naive_embedder() if own_vectors else RandomVectors(), str(folder))
    for start in range(0, len(ids), 2000):
        store.add_texts(texts[start : start + 2000], ids=ids[start : start + 2000])


if __name__ == "__main__":
    main()
