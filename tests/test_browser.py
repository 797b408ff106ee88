"""The real server with its page: asked over HTTP, and driven in headless Chromium as a person would."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).parent.parent
CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
BENGALI = "ওপেনএআই এএমডির সাথে কী চুক্তি করেছে?"
START = 120  # seconds that a first start may take on a busy machine
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("CI") != "true",
    reason="no Chromium on the PATH; install chromium to run the browser tests",
)
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start `python app.py` as a person does, in a home of its own; yield its address once the page is there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CHUKTI_")}
    environment |= {"CHUKTI_HOME": str(tmp_path_factory.mktemp("home")), "CHUKTI_TODAY": "2026-06-30"}
    log = (tmp_path_factory.mktemp("log") / "server.txt").open("w+", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "app.py", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process, log)
        yield address
    finally:
        process.terminate()
        status = process.wait(20)
        log.close()
    assert status == 0, "a server that is told to stop ends well"
    assert not (Path(environment["CHUKTI_HOME"]) / "owner.json").exists()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Any) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            ready = httpx.get(f"{address}/health", trust_env=False).status_code == 200
            if ready and "gradio" in httpx.get(address, trust_env=False).text:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    log.seek(0)
    raise AssertionError(f"the server did not come up: {log.read()}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium of this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def outside() -> list[str]:
    """Addresses beyond this machine that a page asked for."""
    return []


def opened(browser: Any, server: str, outside: list[str], path: str = "/", **look: Any) -> Any:
    """Return a page that has been opened, with every request to another host noted."""
    page = browser.new_context(**look).new_page()
    page.on("request", lambda request: outside.append(request.url) if not _local(request.url) else None)
    page.goto(server + path)
    page.wait_for_selector("#question textarea", timeout=30_000)
    return page


def _local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "data:", "blob:"))


def ask(page: Any, question: str) -> None:
    """Type a question, send it and wait for the whole answer."""
    answers = page.locator(".under .made").count()
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelectorAll('.under .made').length > {answers}", timeout=60_000)


def test_the_served_page_names_no_other_host(server: str) -> None:
    """Scripts, styles and fonts of the page come from its own server, and a policy forbids any other."""
    page = httpx.get(server, trust_env=False)
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="(https?://[^"]+)"', page.text)
    assert [url for url in loaded if not url.startswith(server)] == []
    assert "fonts.googleapis.com" not in page.text + httpx.get(f"{server}/theme.css", trust_env=False).text
    assert "connect-src 'self'" in page.headers["content-security-policy"]
    assert '"analytics_enabled":true' not in page.text.replace(" ", "")


def test_the_page_and_the_interface_are_one_server(server: str) -> None:
    """The real assistant answers over HTTP on the same port, with exact quotes."""
    answer = httpx.post(f"{server}/api/ask", json={"question": BENGALI}, trust_env=False, timeout=60).json()
    assert answer["language"] == "bn"
    assert "2025-10-06-openai-amd" in answer["deals"]
    for citation in answer["citations"]:
        deal = httpx.get(f"{server}/api/deals/{citation['id']}", trust_env=False).json()
        assert deal[f"text_{citation['language']}"][citation["start"] : citation["end"]] == citation["quote"]


@needs_chromium
def test_ask_in_bengali_and_open_a_source(server: str, browser: Any, outside: list[str]) -> None:
    """A Bengali question gets a Bengali answer; its marker leads to the source, whose link opens apart."""
    page = opened(browser, server, outside)
    ask(page, BENGALI)
    assert "এএমডি" in page.inner_text("#chat .bot-row >> nth=0")
    page.click("#chat .md a[href^='#source-'] >> nth=0")
    card = page.locator("li.card:focus")
    assert card.count() == 1
    assert "৬ অক্টোবর ২০২৫" in card.inner_text()
    link = card.locator("a.open")
    assert link.get_attribute("target") == "_blank"
    assert "noopener" in link.get_attribute("rel")
    assert link.get_attribute("href").startswith("https://")
    assert outside == []


@needs_chromium
def test_sources_never_leak_into_the_next_answer(server: str, browser: Any, outside: list[str]) -> None:
    """The second answer has its own sources; those of the first stay under the first."""
    page = opened(browser, server, outside)
    ask(page, "What is the OpenAI deal with AMD?")
    first = page.locator(".under").nth(0).inner_text()
    ask(page, "Which company did SpaceX acquire?")
    assert page.locator(".under").nth(0).inner_text() == first
    assert "AMD" not in page.locator(".under .sources").nth(1).inner_text()


@needs_chromium
def test_examples_and_follow_ups_are_buttons(server: str, browser: Any, outside: list[str]) -> None:
    """An example can be asked with the keyboard alone, and so can a suggested follow-up."""
    page = opened(browser, server, outside)
    page.locator("#chat .example").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".under .made", timeout=60_000)
    page.locator("#chat .option").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('.under .made').length > 1", timeout=60_000)
    assert page.locator("#chat .user-row").count() == 2


@needs_chromium
def test_a_long_list_folds_and_opens(server: str, browser: Any, outside: list[str]) -> None:
    """Of a long list the first deals are in sight; the rest is in the page, unfolds, and is copied without the fold's tags."""
    page = opened(browser, server, outside, permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Which deals does OpenAI have?")
    items = page.locator("#chat .md li")
    assert items.count() > 30
    assert items.nth(2).is_visible()
    assert not items.last.is_visible()
    page.click("#chat .md details.list summary")
    assert items.last.is_visible()
    page.locator("#chat .message-buttons-left button:visible, #chat .bot-row .message-buttons button:visible").first.click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.length > 1000)")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "<" not in copied
    assert copied.count("\n- ") == items.count()


@needs_chromium
def test_a_reload_keeps_the_conversation(server: str, browser: Any, outside: list[str]) -> None:
    """After a reload questions, answers and sources are there again, and a follow-up is understood; a new chat forgets all."""
    page = opened(browser, server, outside)
    ask(page, "Which deals does OpenAI have with chipmakers?")
    ask(page, "And with Broadcom?")
    page.wait_for_function("(localStorage.getItem('chukti-conversation') || '').length > 500")
    shown = page.inner_text("#chat .message-wrap")
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_function("document.querySelectorAll('.under .made').length === 2", timeout=30_000)
    assert page.inner_text("#chat .message-wrap") == shown
    page.click("#chat .md a[href^='#source-'] >> nth=0")
    assert page.locator("li.card:focus").count() == 1
    ask(page, "And with AMD?")
    assert "AMD" in page.locator("#chat .bot-row .md").last.inner_text()
    page.click("#clear")
    page.wait_for_selector("#chat .example", timeout=10_000)
    page.wait_for_function("localStorage.getItem('chukti-conversation').length < 200")
    page.reload()
    page.wait_for_selector("#chat .example", timeout=10_000)
    page.wait_for_timeout(1500)
    assert page.locator("#chat .user-row").count() == 0
    assert outside == []


@needs_chromium
def test_a_new_chat_is_empty(server: str, browser: Any, outside: list[str]) -> None:
    """The button clears the conversation and brings the examples back."""
    page = opened(browser, server, outside)
    ask(page, "How many deals are there?")
    page.click("#clear")
    page.wait_for_selector("#chat .example", timeout=10_000)
    assert page.locator("#chat .user-row").count() == 0


@needs_chromium
@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_shows_everything_without_sideways_scrolling(server: str, browser: Any, outside: list[str], width: int) -> None:
    """On a narrow screen nothing sticks out and the question box stays in sight under a long answer."""
    page = opened(browser, server, outside, viewport={"width": width, "height": 780}, is_mobile=True, has_touch=True)
    ask(page, "Which deals does OpenAI have with chipmakers?")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("#question").bounding_box()
    assert box["y"] + box["height"] <= 780
    assert box["width"] > width * 0.8


@needs_chromium
@pytest.mark.parametrize(
    ("path", "scheme"), [("/", "dark"), ("/?__theme=dark", "light")], ids=["by the system", "by the address"]
)
def test_dark(server: str, browser: Any, outside: list[str], path: str, scheme: str) -> None:
    """The page is dark when the system or the address asks for it, with light text on it."""
    page = opened(browser, server, outside, path, color_scheme=scheme)
    page.wait_for_selector("body.dark", state="attached")
    ground, ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('#header h1')).color]"
    )
    assert _brightness(ground) < 40
    assert _brightness(ink) > 180
    assert outside == []


@needs_chromium
def test_the_conversation_is_announced(server: str, browser: Any, outside: list[str]) -> None:
    """New answers are announced to screen readers, and the question box has a name."""
    page = opened(browser, server, outside)
    assert page.locator("#chat [role=log][aria-live]").count() == 1
    assert page.get_by_label("Question").count() == 1


def _brightness(colour: str) -> float:
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return 0.299 * red + 0.587 * green + 0.114 * blue
