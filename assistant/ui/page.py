"""The Gradio page: the one file that imports gradio's components."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.gate import UPLOAD_LIMIT
from assistant.opening import Lobby
from assistant.settings import Settings
from assistant.ui.articles import OwnArticles, articles_panel
from assistant.ui.head import footer_html, head_html, header_html, notice_html, opening_html, welcome_html
from assistant.ui.talk import Talk
from assistant.ui.theme import make_theme
from assistant.ui.words import examples, page_words

if TYPE_CHECKING:
    import gradio as gr
    from fastapi import FastAPI

QUEUE = 64  # questions that may wait at once; one takes milliseconds
WORKERS = 8  # questions answered at once


def page_app(lobby: Lobby, settings: Settings) -> "FastAPI":
    """Return the page as an application of its own, to be mounted at the root."""
    import gradio as gr
    from fastapi import FastAPI

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    whole: FastAPI = gr.mount_gradio_app(
        app,
        make_page(lobby, settings),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=UPLOAD_LIMIT,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=make_theme(),
        head=head_html(),
    )
    return whole


def make_page(lobby: Lobby, settings: Settings) -> "gr.Blocks":
    """Return the page's blocks."""
    import gradio as gr

    talk = Talk(lobby)
    say = page_words()
    page: gr.Blocks = gr.Blocks(title=say["title"], analytics_enabled=False, fill_height=True, elem_id="chukti")
    with page:
        gr.HTML(header_html(), elem_id="header")
        notice = gr.HTML(notice_html(lobby), elem_id="notice")
        turns = gr.State(())
        chat = gr.Chatbot(
            elem_id="chat",
            label=say["chat_label"],
            show_label=False,
            container=False,
            height=None,
            scale=1,
            layout="panel",
            buttons=["copy"],
            sanitize_html=True,
            allow_tags=False,
            latex_delimiters=[],
            line_breaks=False,
            group_consecutive_messages=False,
            placeholder=welcome_html(),
            examples=[{"text": example["text"], "display_text": example["text"]} for example in examples()],
            feedback_options=None,
        )
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(
                elem_id="question", label=say["ask_label"], show_label=False, container=False, placeholder=say["ask"],
                lines=1, max_lines=6, max_length=2000, autofocus=True, submit_btn=True, scale=1,
            )  # fmt: skip
        with gr.Row(elem_id="below"):
            footer = gr.HTML(footer_html(lobby), elem_id="footer")
            clear = gr.Button(say["clear"], elem_id="clear", size="sm", variant="secondary", scale=0)
        articles_panel(OwnArticles(lobby, settings))
        _wire(gr, talk, chat, question, turns, clear)

        def opening() -> Iterator[tuple[str, str]]:
            yield from opening_html(lobby)

        page.load(
            opening, None, [notice, footer], show_progress="hidden", api_visibility="private",
            concurrency_limit=None, queue=True,
        )  # fmt: skip
    page.queue(max_size=QUEUE, default_concurrency_limit=WORKERS)
    return page


def _wire(gr, talk: Talk, chat, question, turns, clear) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Connect what the person does to what the assistant answers."""
    quiet = {"api_visibility": "private", "show_progress": "hidden"}

    def take(text: str) -> tuple[str, str]:
        return "", text

    pending = gr.State("")
    question.submit(take, question, [question, pending], **quiet).then(
        talk.reply, [pending, chat, turns], [chat, turns], concurrency_limit=WORKERS, **quiet
    )

    def chosen(event: gr.SelectData) -> str:
        value = event.value
        return str(value.get("text") or value.get("value") or "") if isinstance(value, dict) else str(value)

    for happening in (chat.example_select, chat.option_select):
        happening(chosen, None, pending, **quiet).then(
            talk.reply, [pending, chat, turns], [chat, turns], concurrency_limit=WORKERS, **quiet
        )
    clear.click(lambda: ([], ()), None, [chat, turns], **quiet)
    chat.clear(lambda: (), None, turns, **quiet)
