"""Makes the pictures of the site in docs/screenshots/: each page at the width of a phone and of a desk, in a real browser.

    python -m docs.screenshots [--db FILE] [--chromium /usr/bin/chromium]

Needs the extra `test`, a Chromium, and a Chinese font.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from playwright.sync_api import sync_playwright

from diag.paths import default_database
from tests.web.server import diag_serve, running

PAGES = {
    "home": "/",
    "search": "/search?q=%E5%BE%AE%E4%BF%A1%E4%BB%98%E4%B8%8D%E4%BA%86%E6%AC%BE",
    "code": "/lookup/0x8001",
    "code-en": "/lookup/wechat:40163?lang=en",
    "unknown": "/lookup/0x8FFFFFFF?lang=en",
    "symptom": "/symptom/payment-failed",
    "emergency": "/emergency/account-stolen",
    "contact": "/contact?topic=payment",
    "about": "/about",
    "tables": "/diag",
    "table": "/diag/codes?_search=access_token&_lang=en",
    "sql": "/diag?sql=select+*+from+coverage&_lang=en",
}
WIDTHS = {"390": (390, 844), "1280": (1280, 800)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update"]


def main() -> None:
    """Serve, take the pictures, stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", default="")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "screenshots")
    arguments = parser.parse_args()
    arguments.out.mkdir(exist_ok=True)
    with running(diag_serve(arguments.db or default_database())) as (site, _):
        _take(site, arguments.out, arguments.chromium)


def _take(site: str, folder: Path, chromium: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=FLAGS, env={**os.environ})
        for width, (wide, high) in WIDTHS.items():
            page = browser.new_page(viewport={"width": wide, "height": high}, locale="zh-CN")
            for name, path in PAGES.items():
                page.goto(site + path)
                page.screenshot(path=folder / f"{name}-{width}.png")
        page = browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN", color_scheme="dark")
        page.goto(site + PAGES["code"])
        page.screenshot(path=folder / "code-dark-390.png")
        browser.close()


if __name__ == "__main__":
    main()
