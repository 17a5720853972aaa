"""The tokens of the search index and of every query: one function for both, for the command line and the web alike.

Chinese is cut into overlapping pairs of characters, because words are not separated and the commonest have two characters
(支付, 登录); everything else into words. Full-width forms, letter case and accents are folded first. Pure.
"""

import unicodedata

# Scripts that are written without spaces between words, as ranges of code points.
_UNSPACED = (
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x3400, 0x4DBF),  # CJK extension A
    (0x4E00, 0x9FFF),  # CJK
    (0xAC00, 0xD7AF),  # Hangul
    (0xF900, 0xFAFF),  # CJK compatibility
    (0x20000, 0x323AF),  # CJK extensions B to H
)


def fold(text: str) -> str:
    """The text with full-width forms, case and Latin accents folded, so that equal words compare equal."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f"))


def is_unspaced(char: str) -> bool:
    """Whether a character belongs to a script that is written without spaces between words."""
    point = ord(char)
    return point >= 0x3040 and any(low <= point <= high for low, high in _UNSPACED)


def runs(text: str) -> list[str]:
    """The folded text as runs of unspaced characters and words of letters and digits, in order; the rest falls away."""
    found: list[str] = []
    kind_before = None
    for char in fold(text):
        kind = "unspaced" if is_unspaced(char) else "word" if char.isalnum() or char == "_" else None
        if kind is None or kind != kind_before:
            found.append("")
        found[-1] += char if kind else ""
        kind_before = kind
    return [run for run in found if run]


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order: 支付失败 -> 支付 付失 失败; a single character stands for itself; words without their endings."""
    found: list[str] = []
    for run in runs(text):
        if not is_unspaced(run[0]):
            found.append(stem(run))
        elif len(run) > 1:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return found


def characters(text: str) -> list[str]:
    """The single characters of a text's Chinese, in order: they still speak where a pair differs (付不了, 付款)."""
    return [char for char in fold(text) if is_unspaced(char)]


def stem(word: str) -> str:
    """An English word without its commonest ending, so that declined, declining and declines are one; what remains need not be a word."""
    if word.isascii() and word.isalpha():
        for ending in ("ing", "ed", "es", "s", "ly"):
            if len(word) > len(ending) + 3 and word.endswith(ending):
                return word[: -len(ending)]
    return word
