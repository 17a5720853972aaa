"""What a terminal gets: text without control characters, wrapped to its width, in colour where that is wanted. Light to import.

Everything that `diag` prints passes through `plain`, so that nothing from data or input can move the cursor, change the title, or
turn the direction of a line.
"""

import os
import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

# Styles by their meaning: SGR parameters of ECMA-48.
STYLES = {"title": "1", "good": "32", "warn": "33", "bad": "31", "quiet": "2", "code": "36"}
_WIDEST, _NARROWEST = 100, 20


def plain(text: str) -> str:
    """The text with control, bidi and other invisible characters shown as escapes; line breaks and tabs become spaces."""
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\n\t\r":
        return " "
    if char == "\u3000" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return char
    point = ord(char)
    return f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def width(text: str) -> int:
    """How many columns a text takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


# Characters that do not begin a line, and those that do not end one.
_NOT_FIRST = frozenset("，。、；：！？）】》」』”’…%,.;:!?)]}")
_NOT_LAST = frozenset("（【《「『“‘([{")


def wrap(text: str, columns: int, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of at most `columns` columns, the first begun with `first`, the others with `rest`.

    Breaks at spaces and beside wide characters, never before a closing mark; a word longer than a line is cut.
    """
    lead, text = first, plain(text)
    lines: list[str] = []
    while True:
        end = _line_end(text, columns - width(lead))
        lines.append((lead + text[:end]).rstrip())
        text, lead = text[end:].lstrip(), rest
        if not text:
            return lines


def _line_end(text: str, columns: int) -> int:
    """How many characters of a text go on a line of so many columns; at least one."""
    if len(text) * 2 <= columns or width(text) <= columns:
        return len(text)
    taken = 0
    break_at = 0
    for index, char in enumerate(text):
        if index and _may_break(text[index - 1], char):
            break_at = index
        taken += 1 if char < "\u1100" else width(char)
        if taken > columns and char != " ":
            return break_at or max(index, 1)
    return len(text)


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
        return False
    return before == " " or before >= "\u2e80" or after >= "\u2e80"


class Style:
    """How to write to a stream: its width, and whether it takes colour."""

    __slots__ = ("colour", "columns")

    def __init__(self, columns: int, colour: bool) -> None:
        self.columns = columns
        self.colour = colour

    def paint(self, text: str, style: str) -> str:
        """The text in a style of `STYLES`, or as it is where there is no colour."""
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if self.colour and text else text


def style_for(stream: "TextIO") -> Style:
    """The style that fits a stream: colour only on a terminal without NO_COLOR (https://no-color.org), and its width."""
    try:
        terminal = stream.isatty()
    except ValueError:
        terminal = False
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Style(_columns(stream, terminal), colour)


def _columns(stream: "TextIO", terminal: bool) -> int:
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given):
        found = int(given)
    else:
        try:
            found = os.get_terminal_size(stream.fileno()).columns if terminal else _WIDEST
        except (OSError, ValueError):
            found = 80
    return max(_NARROWEST, min(found or 80, _WIDEST))


def write(stream: "TextIO", text: str) -> None:
    """Write lines that `plain` has been through, whatever the stream's encoding holds; characters that it lacks become escapes."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
