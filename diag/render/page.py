"""Lines of an answer for a terminal: headings, paragraphs, numbered steps, wrapped and painted in one place. Light to import."""

from __future__ import annotations

from diag.render.terminal import Style, plain, width, wrap

_INDENT = "  "


class Page:
    """Collects the lines of one answer."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._lines: list[str] = []

    def __str__(self) -> str:
        return "\n".join(self._lines)

    def heading(self, code: str, title: str, aside: str = "") -> None:
        """The first line of an answer: what was found, its title, and where."""
        if self._lines:
            self.gap()
        words = [
            self.style.paint(plain(code), "code") if code else "",
            self.style.paint(plain(title), "title"),
            self.style.paint(plain(aside), "quiet"),
        ]
        if width("  ".join(w for w in (code, title, aside) if w)) <= self.style.columns:
            self._lines.append("  ".join(w for w in words if w))
        else:
            self._lines.extend(w for w in words if w)

    def section(self, title: str) -> None:
        """A small heading within an answer."""
        self.gap()
        self._lines.append(self.style.paint(plain(title), "title"))

    def paragraph(self, text: str, style: str | None = None, indent: str = "") -> None:
        """Wrapped text."""
        self._add(wrap(text, self.style.columns, indent, indent), style)

    def labelled(self, label: str, text: str, style: str | None = None) -> None:
        """A label, and text that hangs beside it."""
        lead = f"{_INDENT}{plain(label)}  "
        self._add(wrap(text, self.style.columns, lead, " " * width(lead)), style)

    def numbered(self, texts: list[str]) -> None:
        """Steps, in order."""
        for number, text in enumerate(texts, 1):
            lead = f"{_INDENT}{number}. "
            self._add(wrap(text, self.style.columns, lead, " " * len(lead)), None)

    def bullets(self, texts: list[str], style: str | None = None) -> None:
        """A list without an order."""
        for text in texts:
            self._add(wrap(text, self.style.columns, f"{_INDENT}· ", f"{_INDENT}  "), style)

    def gap(self) -> None:
        """An empty line, never two."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def _add(self, lines: list[str], style: str | None) -> None:
        self._lines.extend(self.style.paint(line, style) if style else line for line in lines)
