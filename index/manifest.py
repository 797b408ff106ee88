"""What is indexed, with which stamp; and the journal that makes an interrupted change repairable.

Order of a change: journal (the ids that may be half written) -> stores -> manifest -> journal removed. A process that
finds a journal removes those ids from both stores and indexes their documents again.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.splitter import split
from index.text import tokens

SCHEMA = 3  # of the stored chunks, of what is embedded of them, and of this file; raise when one changes
# Whatever changes how this text is cut or read changes the stamp, so that a forgotten version number does no harm.
_PROBE = (
    "# Head\n\nU.S. chipmakers’ deals rose to $1,234.5 billion (27%) on 6 Oct. 2025. xAI's Mr. Musk agreed. "
    "## Chips\n\n- ড. রহমান ও এনভিডিয়ার চিপগুলোর দাম ১.৫ কোটি ডলারের বেশি। কোম্পানিটি রাজি? হ্যাঁ! “We companies’ say so.”\n"
) * 12

_MANIFEST, _JOURNAL = "manifest.json", "journal.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One indexed document: the hash of what was indexed and the ids of its chunks in order."""

    content_hash: str
    chunks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """All indexed documents by key (``kind/id/language``), and how many chunks the stores have dropped since made."""

    documents: Mapping[str, Entry] = field(default_factory=dict)
    dropped: int = 0

    @property
    def chunk_count(self) -> int:
        """How many chunks the stores must hold."""
        return sum(len(entry.chunks) for entry in self.documents.values())


def stamp(embedder_stamp: str, dimension: int) -> str:
    """Return the name of everything that decides what an index holds; a different stamp is a different folder."""
    parts = f"{embedder_stamp}|{dimension}|{SCHEMA}|{split(_PROBE)}|{tokens(_PROBE)}"
    return hashlib.blake2b(parts.encode(), digest_size=8).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder; an absent or damaged one is empty, so everything is indexed again."""
    rows = _read(folder / _MANIFEST)
    try:
        documents = {key: Entry(row["hash"], tuple(row["chunks"])) for key, row in rows["documents"].items()}
        return Manifest(documents, int(rows["dropped"]))
    except (TypeError, KeyError, AttributeError, ValueError):
        return Manifest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step that survives a crash, then drop the journal."""
    rows = {key: {"hash": entry.content_hash, "chunks": entry.chunks} for key, entry in sorted(manifest.documents.items())}
    _write(folder / _MANIFEST, {"documents": rows, "dropped": manifest.dropped})
    (folder / _JOURNAL).unlink(missing_ok=True)


def write_journal(folder: Path, keys: tuple[str, ...], chunks: tuple[str, ...]) -> None:
    """Note which documents and chunks a change is about to touch."""
    _write(folder / _JOURNAL, {"documents": keys, "chunks": chunks})


def read_journal(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the documents and chunks of an interrupted change; None when there was none."""
    if not (folder / _JOURNAL).exists():
        return None
    rows = _read(folder / _JOURNAL)
    return tuple(rows.get("documents", ())), tuple(rows.get("chunks", ()))


def _read(path: Path) -> dict[str, Any]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return rows if isinstance(rows, dict) else {}


def _write(path: Path, rows: object) -> None:
    temporary = path.with_suffix(".writing")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(json.dumps(rows, ensure_ascii=False))  # json.dump would encode in Python, ten times slower
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
