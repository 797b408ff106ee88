"""Commands that answer: ask, chat, search."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from assistant.remote import Remote
    from assistant.schema import Turn
    from assistant.service import Service
    from index.records import Language

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
LANGUAGE = click.option("--language", type=click.Choice(["bn", "en"]), help="Language of the answer.")


@contextmanager
def reach() -> Iterator["Service | Remote"]:
    """Yield the assistant: a running server's where one owns the index, else one opened here."""
    from assistant.opening import open_real, owned
    from assistant.service import Service
    from assistant.settings import keep_quiet, load_settings
    from index.lock import owner_of

    settings = load_settings()
    keep_quiet(settings)
    owner = owner_of(settings.home)
    if owner and owner.address:
        from assistant.remote import Remote

        with Remote(owner.address) as remote:
            for status in remote.wait():
                show_status(status)
            show_status("")
            yield remote
        return
    with owned(settings):
        yield Service(open_real(settings, show_progress))
        show_status("")


def show_progress(what: str, done: int, total: int) -> None:
    """Show on the terminal how far a long piece of work is."""
    from assistant.opening import progress_sentence

    show_status("" if total and done >= total else progress_sentence(what, done, total))


def show_status(sentence: str) -> None:
    """Show one line that the next one replaces; nothing where the output is no terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{sentence}", nl=False, err=True)


@click.command("ask")
@click.argument("question", nargs=-1, required=True)
@AS_JSON
@LANGUAGE
def ask_command(question: tuple[str, ...], as_json: bool, language: "Language | None") -> None:
    """Ask one QUESTION and print the cited answer."""
    from assistant.cli_output import answer_text
    from assistant.schema import Question

    with reach() as service:
        answer = service.ask(Question(" ".join(question), language=language))
    click.echo(answer.model_dump_json(indent=2) if as_json else answer_text(answer))


@click.command("chat")
@LANGUAGE
def chat_command(language: "Language | None") -> None:
    """Talk in the terminal; an empty line or Ctrl-D ends it."""
    from assistant.schema import Turn

    click.echo("Chukti · চুক্তি. Ask about AI deals in Bengali, English or Banglish; an empty line ends.")
    history: tuple[Turn, ...] = ()
    with reach() as service:
        while True:
            try:
                text = input("\n› ").strip()
            except (EOFError, KeyboardInterrupt):
                break
            if not text:
                break
            history = _one_turn(service, text, history, language)
    click.echo()


def _one_turn(
    service: "Service | Remote", text: str, history: "tuple[Turn, ...]", language: "Language | None"
) -> "tuple[Turn, ...]":
    from assistant.cli_output import notes_text
    from assistant.schema import Answer, AnswerEvent, DeltaEvent, Question, Turn
    from assistant.service import turns_kept
    from index.errors import ChuktiError

    answer: Answer | None = None
    try:
        for event in service.stream(Question(text, turns_kept(history), language)):
            if isinstance(event, DeltaEvent):
                click.echo(event.text, nl=False)
            elif isinstance(event, AnswerEvent):
                answer = event.answer
    except ChuktiError as error:
        click.echo(str(error), err=True)
        return history
    if answer is None:
        return history
    click.echo(notes_text(answer))
    return (*history, Turn("user", text), Turn("assistant", answer.text, answer.deals))


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", default=8, show_default=True, help="How many passages.")
@AS_JSON
def search_command(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find the passages nearest to some WORDS."""
    from assistant.cli_output import hits_text

    with reach() as service:
        hits = service.search(" ".join(words), limit)
    click.echo(json.dumps(hits, ensure_ascii=False, indent=2) if as_json else hits_text(hits))
