"""One turn of the conversation on the page: what is shown while an answer is made, and when it is there."""

import time
from collections.abc import Iterator
from typing import Any

from assistant.opening import Lobby, NotReadyError
from assistant.schema import Answer, AnswerEvent, DeltaEvent, Question, StatusEvent, Turn
from assistant.service import Service, turns_kept
from assistant.ui.render import answer_html, answer_markdown
from index.errors import ChuktiError

REDRAW = 0.08  # seconds between two drawings of a growing text: the page lays all of it out anew each time
OPENING_STEP = 0.4  # seconds between two looks at an assistant that is opening
Message = dict[str, Any]
Shown = tuple[list[Any], tuple[Turn, ...]]


class Talk:
    """Answers the page's questions. What an answer cites is kept with its own message and nowhere else."""

    def __init__(self, lobby: Lobby) -> None:
        """Answer with the assistant of this lobby."""
        self._lobby = lobby

    def reply(self, text: str, messages: list[Any], turns: tuple[Turn, ...]) -> Iterator[Shown]:
        """Yield the conversation as it grows by the question and its answer; nothing for an empty question."""
        text = text.strip()
        if not text:
            return
        before = [without_options(message) for message in messages] + [{"role": "user", "content": text}]
        yield [*before, status_message("…")], turns
        try:
            service: Service | None = None
            for status in self._opening():
                yield [*before, status_message(status)], turns
            service = self._lobby.service
            written, drawn = "", 0.0
            for event in service.stream(Question(text, turns_kept(turns))):
                if isinstance(event, StatusEvent):
                    yield [*before, status_message(event.text)], turns
                elif isinstance(event, DeltaEvent):
                    written += event.text
                    if time.monotonic() - drawn >= REDRAW:
                        yield [*before, {"role": "assistant", "content": written}], turns
                        drawn = time.monotonic()
                elif isinstance(event, AnswerEvent):
                    yield self._finished(service, before, turns, event.answer)
        except ChuktiError as error:
            yield [*before, {"role": "assistant", "content": str(error)}], turns

    def _opening(self) -> Iterator[str]:
        """Yield what is being done until the assistant is open; raises ChuktiError when it cannot be opened."""
        while True:
            try:
                _ = self._lobby.service
                return
            except NotReadyError as error:
                yield str(error)
                self._lobby.wait(OPENING_STEP)

    def _finished(self, service: Service, before: list[Any], turns: tuple[Turn, ...], answer: Answer) -> Shown:
        from gradio import HTML

        place = str(len(before))
        content = [answer_markdown(answer, place), HTML(answer_html(answer, service.ledger, place))]
        options = [{"value": question, "label": question} for question in answer.follow_ups]
        message = {"role": "assistant", "content": content, "options": options}
        kept = (*turns, Turn("user", answer.question), Turn("assistant", answer.text, answer.deals))
        return [*before, message], turns_kept(kept)


def status_message(text: str) -> Message:
    """Return a message that says what is being done."""
    return {"role": "assistant", "content": f"*{text}*"}


def without_options(message: Any) -> Any:  # noqa: ANN401  (a message in any form that the page hands back)
    """Return a message of the past without its follow-up buttons."""
    return {**message, "options": []} if isinstance(message, dict) and message.get("options") else message
