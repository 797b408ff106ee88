"""One turn of the conversation on the page: what is shown while an answer is made, and when it is there."""

import time
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from assistant.opening import Lobby, NotReadyError
from assistant.schema import Answer, AnswerEvent, DeltaEvent, Question, StatusEvent, Turn
from assistant.service import Service, turns_kept
from assistant.ui.folding import folded
from assistant.ui.render import answer_html, answer_markdown
from index.errors import ChuktiError

REDRAW = 0.08  # seconds between two drawings of a growing text: the page lays all of it out anew each time
OPENING_STEP = 0.4  # seconds between two looks at an assistant that is opening
Message = dict[str, Any]
Shown = tuple[list[Any], tuple[Answer, ...]]
MOST_KEPT = 600_000  # characters that a browser keeps of a conversation: a tenth of what browsers give to a site


class Talk:
    """Answers the page's questions. What an answer cites is kept with its own message and nowhere else."""

    def __init__(self, lobby: Lobby) -> None:
        """Answer with the assistant of this lobby."""
        self._lobby = lobby

    def reply(self, text: str, messages: list[Any], answers: tuple[Answer, ...]) -> Iterator[Shown]:
        """Yield the conversation as it grows by the question and its answer; nothing for an empty question.

        ``answers`` are those given before, oldest first; a question that could not be answered leaves them as they are.
        """
        text = text.strip()
        if not text:
            return
        before = [without_options(message) for message in messages] + [{"role": "user", "content": text}]
        yield [*before, status_message("…")], answers
        try:
            service: Service | None = None
            for status in self._opening():
                yield [*before, status_message(status)], answers
            service = self._lobby.service
            written, drawn = "", 0.0
            for event in service.stream(Question(text, turns_kept(history(answers)))):
                if isinstance(event, StatusEvent):
                    yield [*before, status_message(event.text)], answers
                elif isinstance(event, DeltaEvent):
                    written += event.text
                    if time.monotonic() - drawn >= REDRAW:
                        yield [*before, {"role": "assistant", "content": folded(written)}], answers
                        drawn = time.monotonic()
                elif isinstance(event, AnswerEvent):
                    yield self._finished(service, before, answers, event.answer)
        except ChuktiError as error:
            yield [*before, {"role": "assistant", "content": str(error)}], answers

    def _opening(self) -> Iterator[str]:
        """Yield what is being done until the assistant is open; raises ChuktiError when it cannot be opened."""
        while True:
            try:
                _ = self._lobby.service
                return
            except NotReadyError as error:
                yield str(error)
                self._lobby.wait(OPENING_STEP)

    def _finished(self, service: Service, before: list[Any], answers: tuple[Answer, ...], answer: Answer) -> Shown:
        return [*before, _message(answer, service, len(before))], (*answers, answer)

    def restored(self, kept: Any) -> Shown:  # noqa: ANN401  (whatever the browser held)
        """Return the conversation that a browser kept, as far as it can be read; waits until the assistant is open."""
        answers = read_kept(kept)
        if not answers:
            return [], ()
        messages: list[Any] = []
        try:
            for _ in self._opening():
                pass
            for answer in answers:
                messages = [without_options(message) for message in messages] + [{"role": "user", "content": answer.question}]
                messages.append(_message(answer, self._lobby.service, len(messages)))
        except ChuktiError:
            return [], ()
        return messages, answers


def kept(answers: tuple[Answer, ...]) -> list[dict[str, Any]]:
    """Return what the browser keeps of a conversation: its last answers with their questions, within MOST_KEPT."""
    rows: list[dict[str, Any]] = []
    size = 0
    for answer in reversed(answers):
        size += len(answer.model_dump_json())
        if size > MOST_KEPT:
            break
        rows.insert(0, answer.model_dump(mode="json"))
    return rows


def read_kept(rows: Any) -> tuple[Answer, ...]:  # noqa: ANN401  (whatever the browser held)
    """Return the answers that a browser kept; none when they are of another release or no answers at all."""
    try:
        return tuple(Answer.model_validate(row) for row in rows) if isinstance(rows, list) else ()
    except ValidationError:
        return ()


def history(answers: tuple[Answer, ...]) -> tuple[Turn, ...]:
    """Return answers and their questions as turns, oldest first."""
    return tuple(
        turn for answer in answers for turn in (Turn("user", answer.question), Turn("assistant", answer.text, answer.deals))
    )


def _message(answer: Answer, service: Service, place: int) -> Message:
    """Return an answer as a message of the page; ``place`` is its place in the conversation."""
    from gradio import HTML

    content = [answer_markdown(answer, str(place)), HTML(answer_html(answer, service.ledger, str(place)))]
    options = [{"value": question, "label": question} for question in answer.follow_ups]
    return {"role": "assistant", "content": content, "options": options}


def status_message(text: str) -> Message:
    """Return a message that says what is being done."""
    return {"role": "assistant", "content": f"*{text}*"}


def without_options(message: Any) -> Any:  # noqa: ANN401  (a message in any form that the page hands back)
    """Return a message of the past without its follow-up buttons."""
    return {**message, "options": []} if isinstance(message, dict) and message.get("options") else message
