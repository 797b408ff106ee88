"""A tiny embedder and corpus for the index's tests; as a program, it builds an index, to be killed while it does.

python building.py build HOME CORPUS     bring the index up to date, slowly enough to be killed
python building.py kills COUNT           kill builds COUNT times at random moments and compare with a fresh build
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

from langchain_core.embeddings import Embeddings

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from index.build import build_index, index_folder  # noqa: E402
from index.corpus import Corpus  # noqa: E402
from index.dense import Dense  # noqa: E402
from index.lexical import Lexical  # noqa: E402
from index.lock import Ownership  # noqa: E402
from index.manifest import read_manifest  # noqa: E402
from index.text import tokens  # noqa: E402

DIMENSION = 32

ENTITIES = """{"id": "openai", "name_en": "OpenAI", "name_bn": "ওপেনএআই", "sectors": ["ai_lab"]}
{"id": "amd", "name_en": "AMD", "name_bn": "এএমডি", "sectors": ["chipmaker"]}
"""
DEAL = (
    '{"id": "2025-10-06-openai-amd", "title_en": "OpenAI buys chips from AMD", "title_bn": "এএমডির চিপ কিনছে ওপেনএআই", '
    '"summary_en": "OpenAI deploys 6 gigawatts of AMD processors.", "summary_bn": "ওপেনএআই ৬ গিগাওয়াট চিপ বসাবে।", '
    '"type": "chip_supply", "parties": [{"entity": "openai", "role": "buyer"}, {"entity": "amd", "role": "seller"}], '
    '"announced": "2025-10-06", "announced_precision": "day", "status": "signed", '
    '"sources": [{"url": "https://a.example/one", "publisher": "Reuters"}]}\n'
)


class HashEmbedder(Embeddings):
    """Counts words into a few places by their checksum: deterministic, and equal texts are nearest."""

    name = "hash"

    def __init__(self, stamp: str = "hash-1", dimension: int = DIMENSION) -> None:
        self.stamp, self.dimension = stamp, dimension

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        row = [0.01] * self.dimension
        for word in tokens(text):
            row[zlib.crc32(word.encode()) % self.dimension] += 1.0
        length = sum(value * value for value in row) ** 0.5
        return [value / length for value in row]


def make_corpus(folder: Path) -> Corpus:
    """Write a corpus of two organisations, one deal and two briefs; the person's part is empty."""
    shipped = folder / "shipped"
    for language, text in (("en", "AMD gives OpenAI a warrant. It vests in steps."), ("bn", "এএমডি ওয়ারেন্ট দেয়। ধাপে ধাপে।")):
        (shipped / "articles" / language).mkdir(parents=True)
        (shipped / "articles" / language / "warrant.md").write_text(
            f"---\ntitle: W {language}\n---\n{text}\n", encoding="utf-8"
        )
    (shipped / "entities.jsonl").write_text(ENTITIES, encoding="utf-8")
    (shipped / "deals.jsonl").write_text(DEAL, encoding="utf-8")
    return Corpus(shipped, folder / "home" / "corpus")


def write_articles(corpus: Corpus, numbers: range, edition: int = 1) -> None:
    """Write numbered articles into the person's part of the corpus; another edition has other words."""
    folder = corpus.own / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        body = " ".join(
            f"Sentence {place} of article {number} in edition {edition} speaks of topic{number}." for place in range(40)
        )
        (folder / f"article-{number}.txt").write_text(body, encoding="utf-8")


def contents(home: Path, corpus: Corpus) -> tuple[frozenset[str], frozenset[str], dict[str, tuple[str, ...]]]:
    """Open an index as it lies; return the ids in Chroma, those in tantivy, and the manifest.

    Chroma's graph is approximate: of hundreds of near-equal rows even a fresh one may miss one or two. It must find
    nothing that is gone and nearly all that is there.
    """
    folder = index_folder(home, HashEmbedder())
    dense, lexical = Dense(folder / "chroma", HashEmbedder()), Lexical(folder / "words")
    manifest = {key: entry.chunks for key, entry in read_manifest(folder).documents.items()}
    ids = dense.ids()
    found = frozenset(name for name, _ in dense.search("topic", len(dense)))
    dense.close()
    assert found <= ids
    assert len(found) >= 0.97 * len(ids)
    return ids, lexical.ids(), manifest


def build(home: Path, corpus: Corpus) -> None:
    """Bring the index up to date as its owner."""
    with Ownership(home):
        stores, _ = build_index(home, corpus, HashEmbedder())
        stores.close()


def start(home: Path, corpus: Corpus) -> "subprocess.Popen[bytes]":
    """Start a build in a process of its own; it prints one line when it begins to build."""
    command = [sys.executable, __file__, "build", str(home), str(corpus.shipped.parent)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def kill_after(seconds: float, home: Path, corpus: Corpus) -> bool:
    """Start a build, kill it after a time; True when it was still at work."""
    process = start(home, corpus)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    finally:
        if process.stdout is not None:
            process.stdout.close()
    return False


def kills(count: int) -> None:
    """Kill builds of a changing corpus at random moments; after each, the next build must equal a fresh one."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as name:
        corpus = make_corpus(Path(name))
        home = Path(name) / "home"
        write_articles(corpus, range(120))
        started = time.monotonic()
        build(Path(name) / "timing", corpus)
        whole = time.monotonic() - started
        done = 0
        while done < count:
            write_articles(corpus, range(chance.randrange(60), chance.randrange(60, 130)), edition=chance.randrange(10**6))
            for path in chance.sample(sorted((corpus.own / "articles").iterdir()), 5):
                path.unlink()
            if not kill_after(chance.uniform(0, whole), home, corpus):
                continue
            done += 1
            build(home, corpus)
            fresh = Path(name) / f"fresh-{done}"
            build(fresh, corpus)
            pairs = zip(("dense", "lexical", "manifest"), contents(home, corpus), contents(fresh, corpus), strict=True)
            differing = [name for name, one, other in pairs if one != other]
            sys.stdout.write(f"kill {done}: {', '.join(differing) + ' differ' if differing else 'equal'}\n")
            sys.stdout.flush()
            shutil.rmtree(fresh)
            assert not differing


if __name__ == "__main__":
    if sys.argv[1] == "kills":
        kills(int(sys.argv[2]))
    else:
        target, place = Path(sys.argv[2]), Path(sys.argv[3])
        sys.stdout.write("building\n")
        sys.stdout.flush()
        build(target, Corpus(place / "shipped", place / "home" / "corpus"))
