"""An answer as the page shows it: Markdown with linked markers, and what stands under it as escaped HTML.

Nothing of a document reaches the HTML unescaped; only http and https links are made.
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.schema import Answer, Citation
from assistant.ui.folding import folded
from assistant.ui.words import Words, words
from index.errors import NotFoundError
from index.figures import day, money
from index.labels import label, qualified
from index.records import Deal, Language, date_precision

if TYPE_CHECKING:
    from index.ledger import Ledger

SHOWN_SOURCES = 3  # source cards in sight; the rest unfold
QUOTE_LINES = 3  # lines of a quote in sight
OPEN_TABLE = 4  # rows up to which the table of deals stands open
_MARKER = re.compile(r"( ?)(?<!\\)\[(\d{1,3})\](?!\()")


def answer_markdown(answer: Answer, place: str) -> str:
    """Return the text, long lists folded, each marker that has a citation linked to its card; ``place`` makes ids unique."""
    known = {citation.marker for citation in answer.citations}
    return folded(linked(answer.text, known, place))


def linked(text: str, known: Iterable[int], place: str) -> str:
    """Turn ``[n]`` into a link to the source card where n is a known marker; other brackets stay.

    The space before a marker becomes one that does not break, so that no marker stands alone on a line.
    """
    known = frozenset(known)

    def link(match: re.Match[str]) -> str:
        marker = int(match[2])
        space = "\u00a0" if match[1] else ""
        return f"{space}[{marker}](#{card_id(place, marker)})" if marker in known else match.group()

    return _MARKER.sub(link, text)


def card_id(place: str, marker: int) -> str:
    """Return the id of a source card in the page."""
    return f"source-{place}-{marker}"


def answer_html(answer: Answer, ledger: "Ledger", place: str) -> str:
    """Return what stands under the text: the table of deals, notes, sources and how the answer was made."""
    say = words(answer.language)
    deals = [ledger.deal(name) for name in answer.deals if name in ledger]
    parts = (
        _table(deals, ledger, say),
        _conflicts(answer, ledger, say),
        _left_out(answer, ledger, say),
        _sources(answer.citations, say, place),
        _made(answer, say),
    )
    return f'<div class="under" lang="{answer.language}">{"".join(parts)}</div>'


def _table(deals: list[Deal], ledger: "Ledger", say: Words) -> str:
    if len(deals) < 2:
        return ""
    language = say.language
    heads = "".join(f'<th scope="col">{escape(say.say(name))}</th>' for name in ("date", "deal", "parties", "amount", "status"))
    rows = "".join(_row(deal, ledger, say) for deal in deals)
    return _fold(
        "deals",
        say.say("table", n=len(deals)),
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(say.say("table", n=len(deals)))}">'
        f'<table lang="{language}"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>',
        len(deals) <= OPEN_TABLE,
    )


def _row(deal: Deal, ledger: "Ledger", say: Words) -> str:
    language = say.language
    names = ", ".join(ledger.entity(entity).name(language) for entity in deal.entities)
    amount = (
        qualified(deal.amount_qualifier, money(deal.amount_usd, language), language)
        if deal.amount_usd is not None
        else say.say("no_amount")
    )
    note = "" if deal.reviewed else f' <span class="chip">{escape(say.say("unreviewed"))}</span>'
    firm = "firm" if deal.firm else "loose"
    return (
        f'<tr><td class="date">{escape(day(deal.announced, deal.announced_precision, language))}</td>'
        f"<td>{escape(deal.title(language))}{note}</td><td>{escape(names)}</td>"
        f'<td class="amount">{escape(amount)}</td>'
        f'<td><span class="status {firm}">{escape(label(deal.status, language))}</span></td></tr>'
    )


def _conflicts(answer: Answer, ledger: "Ledger", say: Words) -> str:
    items = "".join(
        f"<li><strong>{escape(_title(ledger, conflict.deal, say.language))}</strong><br>{escape(conflict.note)}</li>"
        for conflict in answer.conflicts
    )
    told = all(conflict.note[:40] in answer.text for conflict in answer.conflicts)  # the text says it already
    return _fold("note", say.say("conflicts"), f"<ul>{items}</ul>", len(answer.conflicts) <= 2 and not told) if items else ""


def _left_out(answer: Answer, ledger: "Ledger", say: Words) -> str:
    items = "".join(
        f"<li>{escape(_title(ledger, note.deal, say.language))} <em>{escape(note.reason)}</em></li>" for note in answer.left_out
    )
    return _fold("note", say.say("left_out", n=len(answer.left_out)), f"<ul>{items}</ul>", False) if items else ""


def _sources(citations: tuple[Citation, ...], say: Words, place: str) -> str:
    if not citations:
        return ""
    card: Callable[[Citation], str] = lambda citation: _card(citation, say, place)  # noqa: E731  (short and used twice)
    shown = "".join(map(card, citations[:SHOWN_SOURCES]))
    rest = "".join(map(card, citations[SHOWN_SOURCES:]))
    if rest:
        more = escape(say.say("more_sources", n=len(citations) - SHOWN_SOURCES))
        rest = f'<details class="more"><summary>{more}</summary><ol class="cards">{rest}</ol></details>'
    return f'<section class="sources"><h3>{escape(say.say("sources"))}</h3><ol class="cards">{shown}</ol>{rest}</section>'


def _card(citation: Citation, say: Words, place: str) -> str:
    about = [escape(citation.publisher)] if citation.publisher else []
    if citation.date:
        about.append(escape(_written_date(citation.date, say.language)))
    about.append(escape(say.say("record" if citation.kind == "deal" else "article")))
    about.append(escape(say.language_name(citation.language)))
    return (
        f'<li id="{card_id(place, citation.marker)}" class="card" tabindex="-1"><span class="marker">{citation.marker}</span>'
        f'<div><p class="title">{escape(citation.title)}</p><p class="about">{" · ".join(about)}</p>'
        f"{_quote(citation, say)}{_link(citation.url, say)}</div></li>"
    )


def _quote(citation: Citation, say: Words) -> str:
    """Return the whole quote; what goes beyond its first lines is folded."""
    lines = [escape(line) for line in citation.quote.splitlines() if line.strip()]
    language = escape(citation.language)
    shown = f'<blockquote lang="{language}">{"<br>".join(lines[:QUOTE_LINES])}</blockquote>'
    if len(lines) <= QUOTE_LINES + 1:
        return f'<blockquote lang="{language}">{"<br>".join(lines)}</blockquote>'
    rest = f'<blockquote lang="{language}">{"<br>".join(lines[QUOTE_LINES:])}</blockquote>'
    return f"{shown}{_fold('rest', say.say('whole_quote'), rest, False)}"


def _link(url: str | None, say: Words) -> str:
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return ""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return (
        f'<a class="open" href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(say.say("open"))}'
        f'<span class="host">{escape(host)}</span><span class="unseen"> ({escape(say.say("new_tab"))})</span></a>'
    )


def _made(answer: Answer, say: Words) -> str:
    model = answer.written_by.removeprefix("model:")
    by = say.say("by_records") if answer.written_by == "composer" else say.say("by_model", model=model)
    spent = answer.timing_ms.get("total")
    took = f" · {say.say('milliseconds', n=max(1, round(spent)))}" if spent is not None else ""
    return f'<p class="made">{escape(by + took)}</p>'


def _fold(kind: str, title: str, inside: str, unfolded: bool) -> str:
    return f'<details class="{kind}"{" open" if unfolded else ""}><summary>{escape(title)}</summary>{inside}</details>'


def _title(ledger: "Ledger", deal_id: str, language: Language) -> str:
    try:
        return ledger.deal(deal_id).title(language)
    except NotFoundError:
        return deal_id


def _written_date(text: str, language: Language) -> str:
    try:
        return day(text, date_precision(text), language)
    except (ValueError, IndexError):
        return text
