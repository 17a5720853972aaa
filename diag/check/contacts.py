"""Ways to reach support: addresses of the right form, hours that can be read, and no number without a source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from diag import hours
from diag.check.texts import texts_of
from diag.check.values import is_web_address
from diag.model import Channel, Code, Escalation, Library, Problem

_PHONE_ADDRESS = re.compile(r"\+?[0-9][0-9 -]{1,24}")
_EMAIL = re.compile(r"[^@\s]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_REGION = re.compile(r"[A-Z]{2}|\*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")

# What reads as a telephone number in a sentence: an area code or 400 with a number, or a service number that people dial.
_PHONE_IN_TEXT = re.compile(
    r"(?<![\w./:-])(?:\+86[ -]?\d{2,4}[ -]?\d{5,8}|0\d{2,3}-\d{7,8}|400-?\d{3}-?\d{4}|95\d{3}(?:-\d)?|12\d{3}(?=\D*(?:电话|热线|hotline)))(?![\w-])"
)


def addresses(library: Library) -> Iterator[Problem]:
    """The address of a channel has the form that its kind needs."""
    for channel in library.of(Channel):
        good = {
            "phone": _PHONE_ADDRESS.fullmatch(channel.address) is not None,
            "web": is_web_address(channel.address),
            "email": _EMAIL.fullmatch(channel.address) is not None,
        }.get(channel.kind, True)
        if not good:
            yield Problem(*channel.where, "address", f"{channel.address!r} is not the address of a {channel.kind} channel")
        for region in channel.regions:
            if not _REGION.fullmatch(region):
                yield Problem(*channel.where, "region", f"{region!r} is not an ISO 3166 code such as CN, nor *")
        for language in channel.languages:
            if not _LANGUAGE.fullmatch(language):
                yield Problem(*channel.where, "language", f"{language!r} is not an ISO 639 code such as zh")


def opening_hours(library: Library) -> Iterator[Problem]:
    """Opening hours can be read, and have a time zone that exists."""
    for channel in library.of(Channel):
        if channel.hours:
            try:
                hours.parse(channel.hours)
            except ValueError as error:
                yield Problem(*channel.where, "hours", str(error))
            if not channel.timezone:
                yield Problem(*channel.where, "hours", "hours need a timezone, such as Asia/Shanghai")
        if channel.timezone:
            try:
                ZoneInfo(channel.timezone)
            except (ZoneInfoNotFoundError, ValueError):
                yield Problem(*channel.where, "timezone", f"{channel.timezone!r} is not a time zone such as Asia/Shanghai")


def phones_have_sources(library: Library) -> Iterator[Problem]:
    """A telephone number in any text is the address of a channel or an escalation: those have sources and a date."""
    addresses = [*(c.address for c in library.of(Channel)), *(e.address for e in library.of(Escalation))]
    known = {_digits(number) for address in addresses for number in (address, *re.findall(r"\d[\d -]+\d", address))}
    known |= {code.code for code in library.of(Code)}  # WeCom's 95007 reads like a service number
    for kind, records in library.records.items():
        if kind in ("claim", "source"):  # a claim is shown as doubtful, with its verdict; a source's title is the source
            continue
        for record in records:
            for name, _lang, text in texts_of(record):
                for phone in _PHONE_IN_TEXT.findall(text):
                    if _digits(phone) not in known:
                        yield Problem(*record.where, "phone-without-source", f"{name}: {phone} is not the address of a channel")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


RULES = (addresses, opening_hours, phones_have_sources)
