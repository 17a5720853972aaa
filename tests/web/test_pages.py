"""The pages: what they show, in which language, and that they say what the command says."""

from __future__ import annotations

import json
import random
import re
from urllib.parse import quote

import pytest

from diag.store import Store
from diag.web.examples import EXAMPLES
from diag.web.gate import SECURITY
from tests.conftest import Run
from tests.web.conftest import Client

PAGES = (
    "/", "/search?q=%E4%BB%98%E4%B8%8D%E4%BA%86%E6%AC%BE", "/lookup/0x8001", "/lookup/5", "/lookup/40001", "/symptom/payment-failed", "/emergency",
    "/emergency/account-stolen", "/contact", "/contact?topic=payment&limit=100", "/about", "/catalog/wechat", "/lookup/0x8FFFFFFF",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_there_small_and_in_its_language(site: Client, path: str, lang: str) -> None:
    """In both languages, under 50 kB, without script, with one main landmark, one first heading and a way to the other language."""
    answer = site.get(f"{path}{'&' if '?' in path else '?'}lang={lang}")

    assert answer.status == (404 if "8FFFFFFF" in path else 200)
    assert len(answer.body) < 50_000
    assert f'<html lang="{"zh-Hans" if lang == "zh" else "en"}">' in answer.text
    assert "<script" not in answer.text and " style=" not in answer.text and "<style" not in answer.text
    assert answer.text.count("<main") == 1 and "<h1" in answer.text
    assert f"lang={'en' if lang == 'zh' else 'zh'}" in answer.text
    assert all(answer.headers[name.decode()] == value.decode() for name, value in SECURITY)


def test_the_language_is_chinese_unless_asked_otherwise(site: Client) -> None:
    """The address decides, then what the browser likes better, then Chinese."""
    langs = {
        None: "zh-Hans", "en-GB,en;q=0.9": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh-Hans", "fr-FR,en;q=0.5": "en", "de": "zh-Hans", "en;q=x": "en",
    }  # fmt: skip
    for accepts, lang in langs.items():
        answer = site.get("/about", **({"accept_language": accepts} if accepts else {}))
        assert f'<html lang="{lang}">' in answer.text, accepts
        assert answer.headers["vary"] == "Accept-Language"
    assert '<html lang="zh-Hans">' in site.get("/about?lang=zh", accept_language="en").text


def test_a_code_page_has_all_of_the_answer(site: Client) -> None:
    """Meaning, numbered steps, who is open, what to prepare, trust and sources, the doubtful claim as such, a text to copy."""
    page = site.get("/lookup/0x8001?lang=en").text

    assert "<h1>" in page and '<ol class="steps">' in page and "95017" in page
    assert 'class="trust reported"' in page and 'class="claim"' in page and "https://www.nctoro.com/a131086" in page
    letter = re.search(r"<textarea[^>]*readonly[^>]*>(.*?)</textarea>", page, re.S)
    assert letter and "0x8001" in letter[1] and "1. " in letter[1] and "When: ____" in letter[1]


def test_every_reading_is_shown(site: Client, store: Store) -> None:
    """None is dropped: each reading's id stands on the page as a link."""
    for code in ("5", "40001", "-1", "137"):
        readings = site.get(f"/lookup/{code}.json").json["readings"]
        page = site.get(f"/lookup/{code}").text
        assert readings and all(reading["id"] in page for reading in readings)


def test_an_unknown_code_is_taken_apart(site: Client) -> None:
    """404, with the anatomy and near codes, in HTML and JSON."""
    page, data = site.get("/lookup/0x8FFFFFFF?lang=en"), site.get("/lookup/0x8FFFFFFF.json")

    assert (page.status, data.status) == (404, 404)
    assert "2415919103" in page.text and data.json["readings"] == [] and data.json["nearest"] and data.json["anatomy"]["hex"]
    assert all(near["id"] in page.text for near in data.json["nearest"])


@pytest.mark.parametrize(
    "path", ["/symptom/nope", "/emergency/nope", "/catalog/nope", "/catalog/wechat/999", "/about/x", "/lookup", "/nope", "/lookup/"]
)
def test_what_is_not_there_is_404(site: Client, path: str) -> None:
    """With a page in the site's look, and as JSON where JSON was asked for."""
    assert site.get(path).status == 404 and "<main" in site.get(path).text
    assert site.get(f"{path.rstrip('/')}.json").json.get("readings", False) in (False, [])


def test_a_text_that_is_a_code_leads_to_its_page(site: Client) -> None:
    """One box for both; the words alone can be searched all the same."""
    answer = site.get("/search?q=40001&lang=en")

    assert (answer.status, answer.headers["location"]) == (303, "/lookup/40001?lang=en")
    assert site.get("/search?q=40001&all=1").status == 200


def _ids(store: Store, count: int) -> list[str]:
    ids = [row["id"] for row in store.listing("codes")]
    return sorted(random.Random(5).sample(ids, min(count, len(ids))))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_json_of_500_codes_equals_the_command(site: Client, store: Store, run: Run, lang: str) -> None:
    """Whatever stands in a code: slash, colon, space, Chinese."""
    ids = _ids(store, 500)
    lines = run("lookup", *ids, "--json", "--lang", lang, timeout=300).stdout.splitlines()

    assert len(lines) == len(ids)
    for code, line in zip(ids, lines, strict=True):
        assert site.get(f"/lookup/{quote(code, safe=':/')}.json?lang={lang}").json == json.loads(line), code
        assert site.get(f"/lookup/{quote(code, safe='')}.json?lang={lang}").json == json.loads(line), code


def test_a_text_with_codes_leads_to_all_of_them(site: Client) -> None:
    """A few are answered on one page, however long the text is; of many, the first are listed."""
    few = quote("报错 " * 600 + "40163 40029 61004")
    listed = quote(" ".join(str(code) for code in range(40001, 40021)))
    answer = site.get(f"/search?q={few}")
    page = site.get(answer.headers["location"])

    assert answer.status == 303 and page.status == 200
    assert all(f"wechat:{code}" in page.text for code in (40163, 40029, 61004))
    assert all(f"/lookup/wechat:{code}" in site.get(f"/search?q={listed}").text for code in (40001, 40002, 40003))


def test_json_of_searches_equals_the_command(site: Client, store: Store, run: Run) -> None:
    """For every symptom's first phrase, in both languages."""
    for row in store.listing("symptoms"):
        for lang in ("zh", "en"):
            phrase = store.symptom_phrases(row["id"], lang)[0]
            printed = run("search", phrase, "--json", "--lang", lang).stdout
            assert site.get(f"/search.json?q={quote(phrase)}&lang={lang}").json == json.loads(printed)


def test_json_of_symptoms_and_emergencies_is_that_of_the_library(site: Client, store: Store, run: Run) -> None:
    """All symptoms and all playbooks; playbooks against the command."""
    from diag.answers import symptom_answer

    for row in store.listing("symptoms"):
        assert site.get(f"/symptom/{row['id']}.json?lang=en").json == symptom_answer(store, row["id"], "en")
    for row in store.listing("playbooks"):
        assert site.get(f"/emergency/{row['id']}.json?lang=zh").json == json.loads(run("emergency", row["id"], "--json", "--lang", "zh").stdout)
    listed = [json.loads(line) for line in run("list", "playbooks", "--json", "--lang", "zh").stdout.splitlines()]
    assert site.get("/emergency.json?lang=zh").json == listed


def test_json_of_contact_equals_the_command(site: Client, run: Run) -> None:
    """A line of the command is an item here; asked again where a minute turned in between."""
    for _ in range(3):
        lines = run("contact", "payment", "--region", "SG", "--json", "--lang", "en").stdout.splitlines()
        answer = site.get("/contact.json?topic=payment&region=SG&lang=en").json
        if answer == [json.loads(line) for line in lines]:
            break

    assert answer == [json.loads(line) for line in lines] and answer


@pytest.mark.parametrize(
    "code",
    ["wechat-miniprogram:Bluetooth/10001", "config:fail", "wechat-pay:调用支付JSAPI缺少参数：total_fee", "a b?c#d%e&f", "x/../y", "//", "~", "😀"],
)
def test_any_code_can_stand_in_a_path(site: Client, code: str) -> None:
    """What the page asks the library for is what was in the address, and the links on pages lead to it."""
    from diag.web.links import FileLinks, ServedLinks, file_name

    link = ServedLinks("/", "zh", False, {}).to("lookup", code)

    assert site.get(f"{link}.json" if "?" not in link else link).json["query"] == code
    assert link.isascii() and "//" not in link and "/../" not in link
    assert set(file_name("zh", "lookup", code, "html").removeprefix("lookup/")) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789~._-"
    )
    assert FileLinks("en", 2).to("lookup", code).startswith("../../en/lookup/")


def test_files_for_browsers_and_search_engines(site: Client) -> None:
    """OpenSearch, sitemap, robots, icon; the style is kept for ever under its hash."""
    page = site.get("/?lang=en").text
    assert "opensearch.xml" in page and 'property="og:title"' in page and 'property="og:image"' in page and 'rel="canonical"' in page
    assert "http://localhost/search?q={searchTerms}" in site.get("/opensearch.xml").text
    assert "<loc>http://localhost/lookup/wechat:40163</loc>" in site.get("/sitemap.xml").text
    assert "Sitemap: http://localhost/sitemap.xml" in site.get("/robots.txt").text
    assert site.get("/favicon.ico").headers["content-type"] == "image/svg+xml"
    [style] = re.findall(r'href="(/site.css\?v=\w+)"', page)
    assert "immutable" in site.get(style).headers["cache-control"]
    assert site.get("/healthz").text == "ok\n" and site.get("/healthz").headers["cache-control"] == "no-store"


def test_pages_that_name_open_channels_are_kept_for_a_minute_only(site: Client) -> None:
    """Caches may not tell who was open an hour ago."""
    for path in ("/lookup/0x8001", "/symptom/payment-failed", "/contact", "/emergency/account-stolen"):
        assert site.get(path).headers["cache-control"] == "public, max-age=60"


def test_a_host_that_is_none_does_not_reach_a_page(site: Client) -> None:
    """Pages name their own address; a forged one with markup falls away."""
    from diag.web.assets import origin_of

    assert origin_of("https", "diag.example:8001") == "https://diag.example:8001"
    assert origin_of("javascript", '"><script>') == "http://localhost"


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_example_query_runs(site: Client, number: int, lang: str) -> None:
    """Linked from the first page and from /about, each with rows."""
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/diag\?sql=[^"]+)"', site.get(f"/?lang={lang}").text)]
    answer = site.get(links[number].replace("/diag?", "/diag.json?", 1))

    assert len(links) == len(EXAMPLES) and answer.status == 200 and answer.json["rows"], links[number]
    assert set(links) == {link.replace("&amp;", "&") for link in re.findall(r'href="(/diag\?sql=[^"]+)"', site.get(f"/about?lang={lang}").text)}


def test_sentences_are_whole_in_both_languages() -> None:
    """Every sentence has the same gaps in Chinese and in English, and no key of the site hides one that it shares."""
    from diag import wording
    from diag.web import wording as own

    for key, (zh, en) in own._SENTENCES.items():
        assert sorted(re.findall(r"\{\w+\}", zh)) == sorted(re.findall(r"\{\w+\}", en)), key
    assert not own._SENTENCES.keys() & wording._SENTENCES.keys()
