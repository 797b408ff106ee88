"""The command line: `chukti`. Only click is imported before a command runs, so that `--help` is quick."""

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from index.errors import ChuktiError

# Where each command lives; its module is imported when the command is run or its help is shown.
_COMMANDS = {
    "ask": ("cli_chat", "Ask one question and print the cited answer."),
    "chat": ("cli_chat", "Talk in the terminal; follow-up questions are understood."),
    "search": ("cli_chat", "Find the passages nearest to some words."),
    "deals": ("cli_corpus", "List deal records by plain filters."),
    "add": ("cli_corpus", "Add your own articles to the corpus."),
    "remove": ("cli_corpus", "Remove one of your own articles."),
    "sources": ("cli_corpus", "List the articles of the corpus."),
    "build": ("cli_corpus", "Bring the index up to date."),
    "eval": ("cli_corpus", "Score the assistant on a file of cases."),
    "serve": ("cli_serve", "Open the page and the HTTP interface."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which people meet them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None for an unknown name."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"assistant.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in _COMMANDS.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="chukti", prog_name="chukti")
def chukti() -> None:
    """Exact, cited answers about AI-industry deals, in Bengali, English and Banglish.

    এআই শিল্পের চুক্তি নিয়ে বাংলায়, ইংরেজিতে বা বাংলিশে প্রশ্ন করুন।
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 for a failure, 2 for a usage mistake."""
    try:
        return int(chukti.main(arguments, prog_name="chukti", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except BrokenPipeError:
        return 0
    except (Exception, click.Abort) as error:
        sentence, status = _told(error)
        click.echo(f"chukti: {' '.join(sentence.split())}", err=True)
        return status


def _told(error: BaseException) -> tuple[str, int]:
    """Return what a person is told of an error, never a stack trace, with the exit status."""
    if isinstance(error, ChuktiError):
        return str(error), error.exit_code
    if isinstance(error, click.ClickException):
        return f"{error.format_message()} `chukti --help` shows what is possible.", error.exit_code
    if isinstance(error, click.Abort):
        return "Stopped.", 130
    return f"Something unforeseen went wrong ({type(error).__name__}: {error}); please report it with your command.", 1


def main() -> None:
    """Run `chukti` and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")  # Bengali on a terminal of any locale
    sys.exit(run())


if __name__ == "__main__":
    main()
