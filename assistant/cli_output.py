"""What the commands print for a person: answers, passages, tables."""

import shutil
import textwrap
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from assistant.schema import Answer
from index.figures import money
from index.text import bengali_digits

Row = dict[str, Any]
_SOURCES = {"en": "Sources", "bn": "সূত্র"}


def answer_text(answer: Answer) -> str:
    """Return the answer with its sources."""
    return answer.text + notes_text(answer)


def notes_text(answer: Answer) -> str:
    """Return what follows the text: the sources with quote, publisher, date and link. Empty when nothing is cited."""
    if not answer.citations:
        return ""
    lines = ["", "", _SOURCES[answer.language]]
    for citation in answer.citations:
        about = " · ".join(part for part in (citation.title, citation.publisher, citation.date) if part)
        lines.append(f" [{citation.marker}] {about}")
        lines.append(textwrap.indent(_shorten(citation.quote), "     "))
        if citation.url:
            lines.append(f"     {citation.url}")
    return "\n".join(lines)


def hits_text(hits: Sequence[Row]) -> str:
    """Return the passages, best first."""
    if not hits:
        return "Nothing was found."
    blocks = []
    for place, hit in enumerate(hits, 1):
        head = " · ".join(part for part in (hit["title"], hit["date"], hit["id"]) if part)
        blocks.append(f"{place}. {head}\n{textwrap.indent(_shorten(hit['quote'], 400), '   ')}")
    return "\n\n".join(blocks)


def deals_text(rows: Sequence[Row]) -> str:
    """Return a line for each deal and their number."""
    lines = [
        f"{row['announced']:<10}  {_amount(row):>16}  {row['status']:<16}  {row['title_en']}"
        + ("" if row.get("reviewed", True) else "  (unreviewed)")
        for row in rows
    ]
    return "\n".join([*lines, f"{_some(len(rows), 'deal')}."])


def sources_text(rows: Sequence[Row]) -> str:
    """Return a line for each article and each file of deals, and their number."""
    wide = max((len(row["id"]) for row in rows), default=0)
    files = [row for row in rows if row["kind"] == "records"]
    lines = [
        f"{row['id']:<{wide}}  {row['language']}  {row['title']}{'  (yours)' if row['own'] else ''}"
        for row in rows
        if row["kind"] == "article"
    ]
    number = _some(len(lines), "article") + (f", {_some(len(files), 'file')} of deals" if files else "")
    lines += [f"{row['id']:<{wide}}  --  {_some(len(row['deals']), 'deal')}  (yours)" for row in files]
    return "\n".join([*lines, f"{number}."])


def added_text(row: Row) -> str:
    """Say what came of adding a file: the article, or how many deals and organisations are new, changed or as before."""
    if row["kind"] == "article":
        return f"Added {row['id']}: {row['title']} ({row['language']})."
    told = [
        f"{_some(len(row['added'][name]), word)} added, {len(row['changed'][name])} changed, "
        f"{len(row['unchanged'][name])} unchanged"
        for name, word in (("deals", "deal"), ("entities", "organisation"))
        if name == "deals" or row[name]
    ]
    new = f" ({', '.join(row['added']['entities'])})" if row["added"]["entities"] else ""
    return f"Added {row['id']}: {'; '.join(told)}{new}."


def _some(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def counted(number: int, language: str) -> str:
    """Write a small number in the numerals of the language."""
    return bengali_digits(str(number)) if language == "bn" else str(number)


def _amount(row: Row) -> str:
    if row["amount_usd"] is None:
        return "-"
    shown = money(Decimal(str(row["amount_usd"])), "en")
    return {"up_to": "≤ ", "about": "~ ", "at_least": "≥ "}.get(row["amount_qualifier"] or "", "") + shown


def _shorten(text: str, most: int = 240) -> str:
    line = textwrap.shorten(text, most, placeholder=" …")
    width = max(40, min(shutil.get_terminal_size().columns, 110) - 6)
    return textwrap.fill(line, width)
