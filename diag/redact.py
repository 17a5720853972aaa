"""Secrets in what people type or paste -> stars. Pure.

Better too much than too little: a masked order number can be typed again, a published card number cannot be taken back.
"""

from __future__ import annotations

import re

MASK = "***"

# What names a secret, followed by it: secret=…, "access_token": "…", 验证码 123456, password is …
_NAMED = re.compile(
    r"""(?ix)
    (?P<name> \b(?:app|corp|client)?_?secret | \b(?:access|refresh|session|component_access|suite_access)?_?token | \bpass(?:word|wd|code)? | \bpwd
      | \b(?:api|private|apiv3|session|mch)?_?key | \bauthorization | \bcookie | \bsignature | \bpay_?sign | \bcvv | \bpin
      | 密码 | 口令 | 密钥 | 验证码 | 校验码 | 动态码 | 私钥 )
    (?P<between> ["'”」]?\s{0,3}(?:[:=：＝]|是|为|is\b|\ )\s{0,3}["'“「]?(?:bearer\ |basic\ )?)
    (?P<value> [^\s"'，。,;；&”」]{4,})"""
)
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)", re.DOTALL)
# Bank cards, identity numbers: 15 to 19 digits, perhaps in groups. Order numbers of WeChat Pay have 28 and more.
_LONG_NUMBER = re.compile(r"(?<![\dA-Za-z])\d(?:[ -]?\d){13,17}[\dXx](?![\dA-Za-z])")
# Tokens and secrets by their look: 32 hex digits, or 40 and more characters of base64.
_TOKEN = re.compile(r"(?<![A-Za-z0-9])(?:[0-9a-fA-F]{32,}|[A-Za-z0-9_-]{48,}={0,2})(?![A-Za-z0-9])")


def redact(text: str) -> str:
    """The text with passwords, codes, tokens, keys, card and identity numbers masked."""
    text = _PRIVATE_KEY.sub(MASK, text)
    text = _NAMED.sub(lambda found: found["name"] + found["between"] + MASK, text)
    text = _LONG_NUMBER.sub(MASK, text)
    return _TOKEN.sub(MASK, text)
