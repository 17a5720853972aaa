"""The site in a real browser, on a phone: from the first page to an answer, without script, error or sideways scrolling."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PAGES = (
    "/", "/search?q=%E4%BB%98%E4%B8%8D%E4%BA%86%E6%AC%BE", "/search?q=zzqx", "/lookup/0x8001", "/lookup/5", "/lookup/40001", "/lookup/0x8FFFFFFF",
    "/symptom/payment-failed", "/emergency", "/emergency/account-stolen", "/contact?topic=payment", "/about", "/catalog/wechat", "/diag",
    "/diag/codes?_search=token", "/diag/codes/wechat~3A40163", "/diag/coverage", "/diag?sql=select+*+from+lookup+limit+20", "/diag?sql=nope", "/nope",
)  # fmt: skip


class Watched:
    """A page of the browser, and whatever it complained about."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: None if _was_left(request) else self.complaints.append(request.url))

    def own_complaints(self, path: str) -> list[str]:
        """All but the browser's own line about a page that was asked for with an expected status."""
        return [text for text in self.complaints if not ("status of 40" in text and ("nope" in path or "8FFFFFFF" in path))]


def _was_left(request: Any) -> bool:
    """Whether a request ended because the visitor went on to another page."""
    return "ERR_ABORTED" in (request.failure or "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(params=[True, False], ids=["phone", "desk"])
def watched(browser: Any, request: pytest.FixtureRequest, address: str) -> Iterator[Watched]:
    """A page in Chinese, on a phone and on a desk."""
    size = {"width": 390, "height": 844} if request.param else {"width": 1280, "height": 800}
    context = browser.new_context(viewport=size, locale="zh-CN", base_url=address, is_mobile=request.param, has_touch=request.param)
    yield Watched(context.new_page())
    context.close()


def test_from_the_first_page_to_an_answer(watched: Watched) -> None:
    """Type words, read the steps; tap once for English; type a code, read its meaning."""
    page = watched.page
    page.goto("/")
    page.get_by_role("searchbox").fill("微信付不了款")
    page.get_by_role("searchbox").press("Enter")
    assert page.get_by_role("heading", level=1).inner_text().endswith("支付失败") and page.locator("ol.steps > li").count() > 2
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en" and "q=" in page.url
    page.get_by_role("searchbox").fill("40163")
    page.get_by_role("button", name="Look up").click()
    assert "/lookup/40163" in page.url and "40163" in page.get_by_role("heading", level=1).first.inner_text()
    assert page.locator("html").get_attribute("lang") == "en"
    assert not watched.complaints


def test_from_a_mistake_to_the_right_code(watched: Watched) -> None:
    """An unknown code is taken apart, and a near one is a tap away."""
    page = watched.page
    page.goto("/lookup/ECONREFUSED")
    page.get_by_role("link", name="ECONNREFUSED").first.click()
    assert "ECONNREFUSED" in page.get_by_role("heading", level=1).first.inner_text()


def test_contact_by_topic(watched: Watched) -> None:
    """Choose what it is about; the channels follow, and there is a text to copy on the answers."""
    page = watched.page
    page.goto("/contact")
    page.get_by_label("什么事").select_option("payment")
    page.get_by_role("button", name="显示").click()
    assert "topic=payment" in page.url and page.locator("article.card").count() > 1
    page.goto("/lookup/0x8001")
    assert "0x8001" in page.get_by_label("复制给客服").input_value()
    assert not watched.complaints


def test_sql_by_hand(watched: Watched) -> None:
    """From the first page to an example query, change it, run it."""
    page = watched.page
    page.goto("/")
    page.locator('a[href*="sql="]').first.click()
    assert page.locator("tbody tr").count() > 0
    page.get_by_role("textbox").first.fill("select 41 + 1 as answer")
    page.get_by_role("button", name="运行 SQL").click()
    assert page.locator("tbody td").inner_text() == "42"
    assert not watched.complaints


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_and_nothing_is_refused(watched: Watched, path: str) -> None:
    """No sideways scrolling, no console message, no violation of the content security policy, targets that a thumb can hit."""
    page = watched.page
    page.goto(path)
    scrolls = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    small = page.evaluate(
        """[...document.querySelectorAll('button, input:not([type=hidden]), select, summary, nav a, .brand, .tongue, .links a, .more')]
           .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 80))"""
    )

    assert scrolls <= 0
    assert small == []
    assert not watched.own_complaints(path)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, address: str, path: str, scheme: str) -> None:
    """Landmarks, labels, contrast, in light and dark (https://github.com/dequelabs/axe-core)."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", color_scheme=scheme, base_url=address, bypass_csp=True)
    page = context.new_page()
    page.goto(path)
    found = Axe().run(page).response["violations"]
    context.close()

    serious = [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")]
    assert serious == []


def test_it_works_with_the_keyboard_alone(watched: Watched) -> None:
    """The first tab leads past the head of the page; the box can be reached and sent."""
    page = watched.page
    page.goto("/lookup/0x8001")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_print_shows_the_steps(browser: Any, address: str) -> None:
    """An emergency on paper: no box, no menu, all text."""
    page = browser.new_page(base_url=address)
    page.goto("/emergency/account-stolen")
    page.emulate_media(media="print")

    assert not page.locator("nav").first.is_visible() and page.locator("ol.steps > li").first.is_visible()
    page.close()
