"""Every written form of a code -> what it can stand for. Pure, and light to import: a look-up pays for this module.

A code is looked up by its *forms*: `number` forms are integers in decimal, `name` forms are texts in upper case. `0x5` and `5` share
the number form `5`; only `5` also has the name form `5`, so that text codes such as SQLSTATE 23505 are never reached by 0x5BD1.
"""

from __future__ import annotations

from unicodedata import normalize

# Any input longer than this is not one code.
LONGEST_CODE = 120

# A number form is an SQLite integer.
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1

_QUOTES = "\"'`“”‘’「」『』《》"
_OPENING = _QUOTES + "([{<（［【"
_CLOSING = _QUOTES + ")]}>）］】"
_TRAILING = _CLOSING + ".,;:!?。，；：！？、…"
_DASHES = str.maketrans("−–—‐‑﹣", "------")
_HEX = frozenset("0123456789abcdefABCDEF")

# Words before a value that make it a code, in lower case, without hyphens and underscores.
CODE_WORDS = frozenset(
    ("code", "errcode", "errno", "error", "errorcode", "status", "statuscode", "subcode", "returncode", "resultcode", "failreason",
     "retcode", "ret", "sqlstate", "exitcode", "hresult", "ntstatus", "errtype", "winerror", "err", "fault",
     "错误", "错误码", "代码", "错误代码", "返回码", "报错")
)  # fmt: skip

# How a number form came out of what was written, best first; `diag.lookup` explains each to people.
WRITTEN, UNSIGNED, SIGNED, BARE_HEX = "written", "unsigned", "signed", "bare-hex"


class Written:
    """One code as somebody wrote it.

    `text` is the code alone, cleaned; `words` are what stood before it and may name a catalog or its surroundings ("win32",
    "errcode"), in lower case; `number` is its value and `hex_digits` how many hex digits it was written with (0: decimal, or a name).
    """

    __slots__ = ("hex_digits", "number", "text", "words")

    def __init__(self, text: str, words: tuple[str, ...], number: int | None, hex_digits: int) -> None:
        self.text = text
        self.words = words
        self.number = number
        self.hex_digits = hex_digits

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Written) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Written{self._key()!r}"

    def _key(self) -> tuple[object, ...]:
        return (self.text, self.words, self.number, self.hex_digits)

    def forms(self) -> list[tuple[str, str, str]]:
        """(form, kind, how) of everything the code can be stored under, best first."""
        prefixed = self.hex_digits and self.text[:2].lower() in ("0x", "&h")
        found = [] if prefixed else [(name_form(self.text), "name", WRITTEN)]
        if self.number is not None:
            found.append((str(self.number), "number", WRITTEN))
            if -(2**31) <= self.number < 0:
                found.append((str(self.number + 2**32), "number", UNSIGNED))
            elif 2**31 <= self.number < 2**32:
                found.append((str(self.number - 2**32), "number", SIGNED))
        if not self.hex_digits and len(self.text) == 8 and self.text[0] in "8CcDd" and _HEX.issuperset(self.text):
            found.append((str(int(self.text, 16)), "number", BARE_HEX))
        return [f for f in found if len(f[0]) <= LONGEST_CODE]


def clean(text: str) -> str:
    """The text with full-width forms folded, dashes made plain, and quotes, brackets and final punctuation taken off.

    Lone surrogates, which no database can hold, become question marks.
    """
    encodable = text[: LONGEST_CODE * 8].encode("utf-8", "replace").decode("utf-8")
    plain = " ".join(normalize("NFKC", encodable).translate(_DASHES).split())
    while True:
        bare = plain.lstrip(_OPENING).rstrip(_TRAILING).strip()
        if bare.count("(") > bare.count(")"):  # errors such as ERROR_X (5): the bracket belongs to it
            bare += ")"
        if bare == plain or not bare:
            return bare or plain
        plain = bare


def name_form(text: str) -> str:
    """The form under which a textual code or a symbol is stored: full-width forms and letter case do not matter."""
    return " ".join(normalize("NFKC", text).upper().split())


def number_in(text: str) -> tuple[int | None, int]:
    """(value, count of hex digits) of a written number; (None, 0) where it is none, or exceeds 64 bits.

    Takes `5`, `-5`, `+5`, `0x5`, `5h`, `&H5`, and the suffixes U and L of the C language.
    """
    body = text.lstrip("+-")
    if len(text) - len(body) > 1 or not body or not body.isascii():
        return None, 0
    sign = -1 if text[0] == "-" else 1
    lower = body.lower()
    if lower.startswith(("0x", "&h")):
        digits, radix = lower[2:].rstrip("ul"), 16
    elif lower.endswith("h") and lower[0].isdigit():
        digits, radix = lower[:-1], 16
    else:
        digits, radix = lower.rstrip("ul") if lower[0].isdigit() else lower, 10
    if not digits or len(digits) > 24 or not (digits.isdigit() if radix == 10 else _HEX.issuperset(digits)):
        return None, 0
    value = sign * int(digits, radix)
    if radix == 16 and 2**63 <= value < 2**64:  # 64-bit codes come with their sign bit set
        value -= 2**64
    return (value, len(digits) if radix == 16 else 0) if _LOWEST <= value <= _HIGHEST else (None, 0)


def parse(text: str) -> list[Written]:
    """The ways to read a text as one code, the likeliest first; empty where it is too long to be one.

    The whole text comes first, because codes such as `config:fail` hold a colon themselves; then the part after the last colon,
    equals sign or space, with what stands before it as its words. A number names nothing, so that `40163 40029` is not one code.
    """
    whole = clean(text)
    if not whole or len(whole) > LONGEST_CODE * 2:
        return []
    found = [_written(whole, ())]
    parts = whole.replace("=", ":").replace(": ", ":").replace(" :", ":")
    for separator in (":", " "):
        before, separated, code = parts.partition(separator) if separator == ":" else parts.rpartition(separator)
        code, words = clean(code), words_in(before)
        if separated and code and words and (separator == ":" or not _ends_in_number(words[-1])):
            candidate = _written(code, words)
            if candidate not in found:
                found.append(candidate)
    return found


def _ends_in_number(word: str) -> bool:
    """Whether the last of words that commas hold together is a number."""
    return number_in(word.replace("、", ",").rpartition(",")[2])[0] is not None


def words_in(text: str) -> tuple[str, ...]:
    """What stands before a code, as names to look up: the whole ("exit code"), then its last word ("code")."""
    lowered = clean(text).lower()
    last = lowered.rpartition(" ")[2]
    return tuple(dict.fromkeys(w for w in (lowered, last) if w))


def _written(text: str, words: tuple[str, ...]) -> Written:
    number, hex_digits = number_in(text)
    return Written(text, words, number, hex_digits)


def stored_value(code: str, value: int | None) -> int | None:
    """The integer under which a code of a catalog with numbers is stored: its own, or the one that it is written as."""
    return value if value is not None else number_in(code)[0]


# HRESULT facilities by number ([MS-ERREF] 2.1, https://learn.microsoft.com/openspecs/windows_protocols/ms-erref).
FACILITIES = {
    0: "NULL", 1: "RPC", 2: "DISPATCH", 3: "STORAGE", 4: "ITF", 7: "WIN32", 8: "WINDOWS", 9: "SECURITY", 10: "CONTROL",
    11: "CERT", 12: "INTERNET", 13: "MEDIASERVER", 14: "MSMQ", 15: "SETUPAPI", 16: "SCARD", 17: "COMPLUS", 18: "AAF", 19: "URT",
    20: "ACS", 21: "DPLAY", 22: "UMI", 23: "SXS", 24: "WINDOWS_CE", 25: "HTTP", 26: "USERMODE_COMMONLOG", 31: "USERMODE_FILTER_MANAGER",
    32: "BACKGROUNDCOPY", 33: "CONFIGURATION", 34: "STATE_MANAGEMENT", 35: "METADIRECTORY", 36: "WINDOWSUPDATE",
    37: "DIRECTORYSERVICE", 38: "GRAPHICS", 39: "SHELL", 40: "TPM_SERVICES", 41: "TPM_SOFTWARE", 48: "PLA", 49: "FVE", 50: "FWP",
    51: "WINRM", 52: "NDIS", 53: "USERMODE_HYPERVISOR", 54: "CMI", 80: "WINDOWS_DEFENDER",
}  # fmt: skip


class Derived:
    """A code that lies inside another: the catalog and number it has there, and the rule that says so (`diag.lookup` explains it)."""

    __slots__ = ("catalog", "number", "rule")

    def __init__(self, catalog: str, number: int, rule: str) -> None:
        self.catalog = catalog
        self.number = number
        self.rule = rule


def derived(number: int) -> list[Derived]:
    """The codes that a number holds inside it, by the rules of the systems that make such numbers."""
    unsigned = number + 2**32 if -(2**31) <= number < 0 else number
    found: list[Derived] = []
    if unsigned >> 16 == 0x8007:
        found.append(Derived("win32", unsigned & 0xFFFF, "hresult-win32"))
    elif unsigned >> 16 == 0xC007:
        found.append(Derived("win32", unsigned & 0xFFFF, "ntstatus-win32"))
    elif unsigned >> 28 == 0xD:
        found.append(Derived("ntstatus", unsigned - 0x10000000, "hresult-ntstatus"))
    if 128 < number <= 128 + 64:
        found.append(Derived("signal", number - 128, "exit-signal"))
    if -4096 < number < 0:
        found.append(Derived("errno-linux", -number, "negative-errno"))
    return found


def anatomy(written: Written) -> dict[str, object]:
    """The number taken apart, for a code that is in no catalog: radix and sign readings, HRESULT and NTSTATUS fields.

    Empty for a name. `hresult` and `ntstatus` are there only where the number has 32 bits with the top one set.
    """
    number = written.number
    if number is None and len(written.text) == 8 and _HEX.issuperset(written.text):
        number = int(written.text, 16)
    if number is None:
        return {}
    parts: dict[str, object] = {"decimal": number, "hex": f"{'-' if number < 0 else ''}0x{abs(number):X}"}
    unsigned = number + 2**32 if -(2**31) <= number < 0 else number
    if number < 0 and unsigned > 0:
        parts["unsigned32"] = unsigned
        parts["hex"] = f"0x{unsigned:08X}"
    if 2**31 <= number < 2**32:
        parts["signed32"] = number - 2**32
    if 2**15 <= number < 2**16:
        parts["signed16"] = number - 2**16
        parts["high_half"] = f"0x{number:04X}0000"
    if 2**31 <= unsigned < 2**32:
        facility = unsigned >> 16 & 0x7FF
        parts["hresult"] = {"severity": "failure", "facility": facility, "facility_name": FACILITIES.get(facility, ""), "code": unsigned & 0xFFFF}
        severity = ("success", "informational", "warning", "error")[unsigned >> 30]
        parts["ntstatus"] = {"severity": severity, "facility": unsigned >> 16 & 0xFFF, "code": unsigned & 0xFFFF}
    return parts
