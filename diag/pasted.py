"""Codes inside what people paste: response bodies in JSON or XML, log lines, sentences. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from diag.codes import CODE_WORDS, Written, clean, number_in, words_in

# A text longer than this is a log, not a message; what comes after is not looked at.
LONGEST_TEXT = 64 * 1024
MOST_CODES = 20

# Words in capitals that stand in logs beside codes; as codes they count only after a word that makes them one.
_LOG_WORDS = frozenset(("ERROR", "WARNING", "FAILED", "FAILURE", "EXCEPTION", "DENIED", "ACCESS", "REQUEST", "RESPONSE", "STATUS", "TIMEOUT"))
_SUCCESS = frozenset(("0", "OK", "SUCCESS", "TRUE", "FALSE", "NULL", "NONE"))

# The order is that of trust: a link names its product, a tag or key names its field, a shape names nothing.
_DEVTOOL = re.compile(r"devtool/query\?e=(-?\d{1,10})")
_TAG = re.compile(r"<([A-Za-z_][\w.-]{0,40})>\s*(?:<!\[CDATA\[)?\s*([^<>\]\s][^<>\]]{0,80}?)\s*(?:\]\]>)?\s*</\1>")
_PAIR = re.compile(r"([A-Za-z_][A-Za-z0-9_.-]{0,40}|[\u4e00-\u9fff]{2,4})\"?'?\s{0,3}[:=：＝]\s{0,3}\"?'?(-?\w[\w-]{0,60})")
_WORD_AND_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_])([A-Za-z][A-Za-z0-9_.-]{1,30})[ \[]{1,3}(-?(?:0[xX][0-9A-Fa-f]{1,16}|\d{1,10}|\d[0-9A-Z]{4}))(?![A-Za-z0-9_])"
)
_SHAPES = re.compile(
    r"""(?<![A-Za-z0-9_.])(?:
        0[xX][0-9A-Fa-f]{1,16}          # 0x80070005
      | [A-Z]{2,6}-\d{3,6}              # ORA-01033
      | -\d{1,10}                       # -2147024891
      | [A-Z][A-Z0-9]*_[A-Z0-9_]+       # STATUS_ACCESS_VIOLATION
      | E[A-Z0-9]{3,15}                 # ECONNREFUSED
      | [A-Z]{6,40}                     # USERPAYING
      | \d{4,10}                        # 40163
    )(?![A-Za-z0-9_]|\.\d)""",
    re.VERBOSE,
)


def find_codes(text: str) -> list[Written]:
    """The codes in a text, those with a word that explains them first, each once; at most `MOST_CODES`."""
    text = text[:LONGEST_TEXT]
    words: dict[str, list[str]] = {}
    for word, value in _pairs(text):
        code = clean(value)
        if code and code.upper() not in _SUCCESS:
            known = words.setdefault(code, [])
            known.extend(w for w in words_in(word) if w not in known)
    return [Written(code, tuple(before), *number_in(code)) for code, before in list(words.items())[:MOST_CODES]]


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """(word, code) of everything that may be a code; the word is empty where nothing explains it."""
    for match in _DEVTOOL.finditer(text):
        yield "devtool", match[1]
    for body in _json_bodies(text):
        yield from _json_pairs(body)
    for pattern in (_TAG, _PAIR, _WORD_AND_NUMBER):
        for match in pattern.finditer(text):
            if _is_code_word(match[1]) or pattern is _WORD_AND_NUMBER:
                yield match[1], match[2]
    for match in _SHAPES.finditer(text):
        if match[0] not in _LOG_WORDS:
            yield "", match[0]


def _is_code_word(word: str) -> bool:
    return word.lower().replace("_", "").replace("-", "") in CODE_WORDS


def _json_bodies(text: str) -> Iterator[Any]:
    """The JSON objects in a text, wherever they begin; a few tries, since braces may be anything."""
    decoder = json.JSONDecoder()
    start, tries = text.find("{"), 0
    while start >= 0 and tries < 8:
        tries += 1
        try:
            body, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            end = start + 1
        else:
            yield body
        start = text.find("{", end)


def _json_pairs(body: Any) -> Iterator[tuple[str, str]]:
    """Keys and values of an object and of those inside it, breadth first, however deep they lie."""
    queue = [body]
    for _ in range(1000):
        if not queue:
            return
        item = queue.pop(0)
        if isinstance(item, dict):
            for key, value in item.items():
                if isinstance(value, (dict, list)):
                    queue.append(value)
                elif _is_code_word(key) and isinstance(value, (str, int)) and not isinstance(value, bool):
                    written = str(value) if isinstance(value, str) or abs(value) < 2**64 else ""
                    if 0 < len(written) <= 80:
                        yield key, written
        elif isinstance(item, list):
            queue.extend(i for i in item[:100] if isinstance(i, (dict, list)))
