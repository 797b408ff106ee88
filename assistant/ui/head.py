"""The still parts of the page: its head, header, welcome and footer, as HTML."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from assistant.opening import Lobby, NotReadyError
from assistant.ui.words import page_words
from index.errors import ChuktiError
from index.text import bengali_digits

OPENING_STEP = 0.5  # seconds between two looks at an assistant that is opening
SCRIPT = Path(__file__).parent / "page.js"
STYLE = Path(__file__).parent / "style.css"
_MARK = (
    '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false"><circle cx="11" cy="16" r="8"/>'
    '<circle cx="21" cy="16" r="8"/></svg>'
)


def head_html() -> str:
    """Return what goes into the page's head: colour scheme, description, icon and the small script."""
    icon = (
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32' fill='none' stroke='%231f8466' "
        "stroke-width='3'%3E%3Ccircle cx='11' cy='16' r='8'/%3E%3Ccircle cx='21' cy='16' r='8'/%3E%3C/svg%3E"
    )
    return (
        '<meta name="color-scheme" content="light dark">'
        f'<meta name="description" content="{escape(page_words()["about_en"])}">'
        f'<link rel="icon" href="{icon}">'
        # Here and not in Gradio's css=, which puts a class before each rule and so loses :root and body.
        f"<style>{STYLE.read_text(encoding='utf-8')}</style>"
        f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"
    )


def header_html() -> str:
    """Say in both languages what Chukti is."""
    say = {key: escape(text) for key, text in page_words().items()}
    return (
        f'<header>{_MARK}<div><h1><span lang="bn">{say["name_bn"]}</span> <span lang="en">{say["name_en"]}</span></h1>'
        f'<p><span lang="bn">{say["about_bn"]}</span> <span lang="en">{say["about_en"]}</span></p></div></header>'
    )


def welcome_html() -> str:
    """Return what stands in an empty conversation."""
    say = {key: escape(text) for key, text in page_words().items()}
    return f'<div class="welcome"><p lang="bn">{say["welcome_bn"]}</p><p lang="en">{say["welcome_en"]}</p></div>'


def opening_html(lobby: Lobby) -> Iterator[tuple[str, str]]:
    """Yield notice and footer for as long as the assistant opens, and a last time when it is open or has failed."""
    while not lobby.wait(OPENING_STEP):
        yield notice_html(lobby), footer_html(lobby)
    yield notice_html(lobby), footer_html(lobby)


def notice_html(lobby: Lobby) -> str:
    """Say what is being done while the assistant opens, or why it cannot; empty once it is open."""
    try:
        _ = lobby.service
    except NotReadyError as error:
        return f'<p class="notice" role="status"><span class="turning" aria-hidden="true"></span>{escape(str(error))}</p>'
    except ChuktiError as error:
        return f'<p class="notice failed" role="alert">{escape(str(error))}</p>'
    return ""


def footer_html(lobby: Lobby) -> str:
    """Say how much the corpus holds; only that answers are made here while it opens."""
    say = page_words()
    try:
        counts = lobby.service.counts()
    except ChuktiError:
        return f"<footer>{escape(say['footer_local'])}</footer>"
    bengali = {f"{name}_bn": bengali_digits(str(count)) for name, count in counts.items()}
    size = say["footer"].format(**counts, **bengali)
    return f"<footer>{escape(size)}<br>{escape(say['footer_local'])}</footer>"
