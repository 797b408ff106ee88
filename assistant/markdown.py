"""Plain text into Markdown: what documents say is shown as it is, and never becomes markup, HTML, an image or a link."""

import re

_INLINE = re.compile(r"[\\`*\[\]<>~]|(?<!\w)_|_(?!\w)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)([#>+-]|\d+[.)])(?=\s)", re.MULTILINE)


def escape(text: str) -> str:
    """Return text that shows exactly these characters; line breaks become spaces."""
    flat = " ".join(text.split())
    safe = _INLINE.sub(_literal, _ENTITY.sub("&amp;", flat))
    return _LINE_START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", safe)


def _literal(match: re.Match[str]) -> str:
    sign = match.group()
    return {"<": "&lt;", ">": "&gt;"}.get(sign, f"\\{sign}")


def table_rows(text: str, markers: str, first: bool) -> str:
    """Return one row of a table from cells that tabs part; the first row is the heading and brings its rule along."""
    cells = [escape(cell).replace("|", "\\|") for cell in text.split("\t")]
    if markers:
        cells[-1] = f"{cells[-1]} {markers}".strip()
    row = f"| {' | '.join(cells)} |"
    return row + "\n|" + " --- |" * len(cells) if first else row
