"""The quality of what people read: long enough to help, short enough to read, in the right language, never a filler."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from diag.model import Code, Fix, Lang, Library, Phrases, Problem, Record, Source, Text
from diag.text import is_unspaced, tokens

# Field -> the fewest and the most characters, in Chinese and in English.
LENGTHS: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "title": ((2, 40), (2, 90)),
    "meaning": ((8, 200), (15, 400)),
    "cause": ((6, 300), (12, 600)),
    "description": ((8, 300), (15, 600)),
    "steps": ((4, 300), (8, 600)),
    "do": ((4, 300), (8, 600)),
    "items": ((2, 200), (2, 400)),
    "verify": ((4, 300), (8, 600)),
    "note": ((4, 400), (8, 800)),
    "warning": ((4, 300), (8, 600)),
}

# What a whole sentence must not be: it leaves the reader where they were.
FILLERS = re.compile(
    "|".join(
        (
            r"请?(仔细|认真)?(检查|核对|确认)(一下)?(请求|接口|相关|传入)?(的)?参数(是否(正确|合法|有误))?",
            r"请?(稍后|稍候|过一会儿?)(再试|重试|再次?尝试)(一下|一次)?",
            r"请?(联系|咨询)(微信|企业微信|腾讯|官方|平台)?(客服|管理员|技术支持|开发者)(处理|解决|反馈)?",
            r"请?(参考|查看|阅读|查阅)(官方|相关|接口|开发)?(文档|说明)",
            r"请?(检查|确认)网络(连接)?(是否正常)?",
            r"(please )?(check|verify|review)( that)? (the|your|all|request|input)?( request| input)? ?param(eter)?s?( are correct| is correct)?",
            r"(please )?(try|retry) again( later)?",
            r"(please )?(contact|ask) (the |wechat |tencent |customer |technical |your )*(support|service|administrator|admin)",
            r"(please )?(refer to|see|read|check) the( official| relevant| api)? (documentation|docs)",
            r"(please )?check (the|your) network( connection)?",
        )
    ),
    re.IGNORECASE,
)
SOURCE_TITLE = ((2, 120), (2, 240))
MOST_CODES_PER_FIX = 60
MOST_CODES_PER_MEANING = 3

_QUOTED = re.compile(r"[“\"「『(（\[][^”\"」』)）\]]*[”\"」』)）\]]|`[^`]*`")
_ENGLISH_SENTENCE = re.compile(r"(?:\b[a-z]{2,}\b[ ,]+){4,}[a-z]{2,}")


def texts_of(record: Any) -> Iterator[tuple[str, Lang, str]]:
    """(field, language, text) of everything in a record that people read, records inside it included."""
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        for one in value if isinstance(value, tuple) and not isinstance(value, Text) else (value,):
            if isinstance(one, Text):
                yield field.name, "zh", one.zh
                yield field.name, "en", one.en
            elif dataclasses.is_dataclass(one) and not isinstance(one, Phrases):
                yield from texts_of(one)


def lengths(library: Library) -> Iterator[Problem]:
    """Texts are within the bounds of `LENGTHS`."""
    for record in _all(library):
        bounds = {"title": SOURCE_TITLE} if isinstance(record, Source) else LENGTHS
        for name, lang, text in texts_of(record):
            if name in bounds:
                low, high = bounds[name][lang == "en"]
                if not low <= len(text) <= high:
                    yield Problem(*record.where, "length", f"{name}.{lang} has {len(text)} characters; it takes {low} to {high}")


def languages(library: Library) -> Iterator[Problem]:
    """Chinese texts are Chinese and English texts English, names aside."""
    for record in _all(library):
        for name, lang, text in texts_of(record):
            if name == "statement":  # a claim quotes its source, damage included
                continue
            bare = _QUOTED.sub("", text)
            if lang == "en" and any(map(is_unspaced, bare)):
                yield Problem(*record.where, "language", f"{name}.en has Chinese outside quotes or brackets")
            elif lang == "zh" and name not in ("title", "items") and not any(map(is_unspaced, text)):
                yield Problem(*record.where, "language", f"{name}.zh has no Chinese")
            elif lang == "zh" and _ENGLISH_SENTENCE.search(bare):
                yield Problem(*record.where, "language", f"{name}.zh has a sentence in English")


def meaning_says_more(library: Library) -> Iterator[Problem]:
    """The meaning of a code adds something to its title."""
    for code in library.of(Code):
        for lang in ("zh", "en"):
            title, meaning = getattr(code.title, lang), getattr(code.meaning, lang)
            new = Counter(tokens(meaning)) - Counter(tokens(title))
            if new.total() < 3:
                yield Problem(*code.where, "meaning-repeats-title", f"meaning.{lang} says no more than the title")


def meanings_differ(library: Library) -> Iterator[Problem]:
    """One sentence does not serve as the meaning of many codes of a catalog."""
    for lang in ("zh", "en"):
        count = Counter((c.catalog, getattr(c.meaning, lang)) for c in library.of(Code))
        for code in library.of(Code):
            if (n := count[code.catalog, getattr(code.meaning, lang)]) > MOST_CODES_PER_MEANING:
                yield Problem(*code.where, "repeated-meaning", f"meaning.{lang} stands at {n} codes; say what this one is about")


def no_fillers(library: Library) -> Iterator[Problem]:
    """No step of a fix, and no cause, is a sentence that solves nothing."""
    for fix in library.of(Fix):
        for number, step in enumerate(fix.steps, 1):
            for lang in ("zh", "en"):
                if FILLERS.fullmatch(getattr(step, lang).strip(" 。.!！")):
                    yield Problem(*fix.where, "filler", f"step {number}.{lang} solves nothing: {getattr(step, lang)}")
    for code in library.of(Code):
        for lang in ("zh", "en"):
            if code.cause and FILLERS.fullmatch(getattr(code.cause, lang).strip(" 。.!！")):
                yield Problem(*code.where, "filler", f"cause.{lang} says nothing: {getattr(code.cause, lang)}")


def fixes_are_specific(library: Library) -> Iterator[Problem]:
    """A fix that serves very many codes cannot answer each of them."""
    count = Counter(fix for code in library.of(Code) for fix in code.fixes)
    for fix in library.of(Fix):
        if count[fix.id] > MOST_CODES_PER_FIX:
            yield Problem(*fix.where, "fix-too-broad", f"{fix.id} serves {count[fix.id]} codes; split it, at most {MOST_CODES_PER_FIX}")


def _all(library: Library) -> Iterator[Record]:
    for records in library.records.values():
        yield from records


RULES = (lengths, languages, meaning_says_more, meanings_differ, no_fillers, fixes_are_specific)
