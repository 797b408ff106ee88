"""The Gradio page: the one file that imports gradio's components."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assistant.gate import UPLOAD_LIMIT
from assistant.opening import Lobby
from assistant.settings import Settings
from assistant.ui.articles import OwnArticles, articles_panel
from assistant.ui.head import footer_html, head_html, header_html, notice_html, opening_html, welcome_html
from assistant.ui.talk import Talk, kept
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
        answers = gr.State(())
        # Kept by the browser alone. The secret is no secret: it only has to outlast a restart of the server.
        browser = gr.BrowserState([], storage_key="chukti-conversation", secret="chukti")
        chat = _conversation(gr, say)
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(
                elem_id="question", label=say["ask_label"], show_label=False, container=False, placeholder=say["ask"],
                lines=1, max_lines=6, max_length=2000, autofocus=True, submit_btn=True, scale=1,
            )  # fmt: skip
        with gr.Row(elem_id="below"):
            footer = gr.HTML(footer_html(lobby), elem_id="footer")
            clear = gr.Button(say["clear"], elem_id="clear", size="sm", variant="secondary", scale=0)
        articles_panel(OwnArticles(lobby, settings))
        _wire(gr, talk, {"chat": chat, "question": question, "answers": answers, "clear": clear, "browser": browser})

        def opening() -> Iterator[tuple[str, str]]:
            yield from opening_html(lobby)

        page.load(
            opening, None, [notice, footer], show_progress="hidden", api_visibility="private",
            concurrency_limit=None, queue=True,
        )  # fmt: skip
        page.load(
            talk.restored, browser, [chat, answers], show_progress="hidden", api_visibility="private", concurrency_limit=None
        )
    page.queue(max_size=QUEUE, default_concurrency_limit=WORKERS)
    return page


def _conversation(gr: Any, say: dict[str, str]) -> Any:  # noqa: ANN401  (gradio is imported late)
    """Return the place of questions and answers; what documents say reaches it escaped and is sanitised once more."""
    return gr.Chatbot(
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


def _wire(gr: Any, talk: Talk, parts: dict[str, Any]) -> None:  # noqa: ANN401  (gradio is imported late)
    """Connect what the person does to what the assistant answers, and the conversation to what the browser keeps."""
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    chat, question, answers, browser = (parts[name] for name in ("chat", "question", "answers", "browser"))

    def take(text: str) -> tuple[str, str]:
        return "", text

    pending = gr.State("")

    def answered(asked: Any) -> None:  # noqa: ANN401  (a dependency of gradio)
        asked.then(talk.reply, [pending, chat, answers], [chat, answers], concurrency_limit=WORKERS, **quiet).then(
            kept, answers, browser, **quiet
        )

    answered(question.submit(take, question, [question, pending], **quiet))

    def chosen(event: gr.SelectData) -> str:
        value = event.value
        return str(value.get("text") or value.get("value") or "") if isinstance(value, dict) else str(value)

    for happening in (chat.example_select, chat.option_select):
        answered(happening(chosen, None, pending, **quiet))
    parts["clear"].click(lambda: ([], (), []), None, [chat, answers, browser], **quiet)
    chat.clear(lambda: ((), []), None, [answers, browser], **quiet)
