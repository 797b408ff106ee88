"""The part of the page where a person adds articles and deal records of their own and removes them again."""

from html import escape
from pathlib import Path
from typing import Any

from assistant.opening import Lobby
from assistant.service import HOW_ADDED
from assistant.settings import LOOPBACK, Settings
from assistant.ui.words import page_words
from index.errors import ChuktiError
from index.loaders import RECORD_SUFFIXES, suffixes
from index.text import bengali_digits

KINDS = [*suffixes(), *RECORD_SUFFIXES]


class OwnArticles:
    """What the page's controls for articles do; each returns the choices that are left and a sentence."""

    def __init__(self, lobby: Lobby, settings: Settings) -> None:
        """Change the corpus of this lobby, for callers whom the settings allow."""
        self._lobby, self._settings = lobby, settings

    def choices(self) -> list[tuple[str, str]]:
        """Return title and id of each of the person's articles and files of deals; none before the assistant is open."""
        try:
            return [(row["title"], row["id"]) for row in self._lobby.service.sources() if row["own"]]
        except ChuktiError:
            return []

    def add(self, paths: list[str] | None, caller: str) -> str:
        """Take uploaded files, given by where they were put; return one line for each."""
        refusal = self._refusal(caller)
        if refusal:
            return refusal
        lines = []
        for path in paths or []:
            try:
                row = self._lobby.service.add_upload(Path(path).name, Path(path).read_bytes())
                lines.append(_added(row))
            except ChuktiError as error:
                lines.append(str(error))
        return "\n\n".join(lines)

    def remove(self, article_id: str | None, caller: str) -> str:
        """Drop one of the person's articles or files of deals; return what happened."""
        refusal = self._refusal(caller)
        if refusal or not article_id:
            return refusal
        try:
            self._lobby.service.remove(article_id)
        except ChuktiError as error:
            return str(error)
        return page_words()["own_removed"].format(title=article_id)

    def _refusal(self, caller: str) -> str:
        return "" if self._settings.shared or caller in LOOPBACK else page_words()["own_only_here"]


def articles_panel(own: OwnArticles) -> None:
    """Lay out the controls and connect them."""
    import gradio as gr

    say = page_words()
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    with gr.Accordion(say["own_title"], open=False, elem_id="own") as panel:
        gr.Markdown(say["own_about"])
        files = gr.File(
            label=say["own_drop"], file_count="multiple", file_types=KINDS, height=120, show_label=False, elem_id="own-files"
        )
        with gr.Row():
            chosen = gr.Dropdown(own.choices(), label=say["own_choose"], value=None, scale=1)
            remove = gr.Button(say["own_remove"], size="sm", scale=0)
        told = gr.HTML(elem_id="own-told")

    def caller(request: gr.Request) -> str:
        return request.client.host if request.client else ""

    def added(paths: list[str] | None, request: gr.Request) -> tuple[Any, Any, str]:
        sentence = own.add(paths, caller(request))
        return None, gr.Dropdown(choices=own.choices(), value=None), _told(sentence)

    def removed(article_id: str | None, request: gr.Request) -> tuple[Any, str]:
        sentence = own.remove(article_id, caller(request))
        return gr.Dropdown(choices=own.choices(), value=None), _told(sentence)

    files.upload(added, files, [files, chosen, told], **quiet)
    remove.click(removed, chosen, [chosen, told], **quiet)
    panel.expand(lambda: gr.Dropdown(choices=own.choices(), value=None), None, chosen, **quiet)


def _added(row: dict[str, Any]) -> str:
    """Say in both languages what came of a file."""
    say = page_words()
    if row["kind"] == "article":
        return say["own_added"].format(title=row["title"])
    counts = {how: str(len(row[how]["deals"])) for how in HOW_ADDED}
    bengali = {f"{how}_bn": bengali_digits(number) for how, number in counts.items()}
    told = say["own_records"].format(title=row["title"], **counts, **bengali)
    new = ", ".join(row["added"]["entities"])
    return told + (say["own_organisations"].format(names=new) if new else "")


def _told(sentences: str) -> str:
    return f'<p role="status">{"<br>".join(escape(line) for line in sentences.splitlines() if line)}</p>'
