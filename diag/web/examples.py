"""Queries that the site offers to those who want data. They run in the visitor's browser through the open SQL page; a test runs each."""

from __future__ import annotations

# Title in Chinese, in English, and the query, in which `{lang}` is the language of the page.
EXAMPLES: tuple[tuple[str, str, str], ...] = (
    (
        "微信支付里不能直接重试的代码",
        "Codes of WeChat Pay that must not be retried blindly",
        "select code, title, retry from lookup\nwhere catalog = 'wechat-pay' and lang = '{lang}' and retry in ('no', 'query_first')\norder by code",
    ),
    (
        "同一个数字，企业微信和微信含义不同",
        "One number, two meanings: WeCom and WeChat",
        "select code_id, other_id, note_{lang} as difference from counterparts\nwhere code_id like 'wecom:%' and other_id like 'wechat:%'\n"
        "order by code_id",
    ),
    (
        "存疑的说法和更好的答案",
        "Doubtful claims, with the better answer",
        "select statement_{lang} as statement, verdict, note_{lang} as note, better from claims\norder by verdict",
    ),
    ("各目录的收录情况", "Coverage per catalog", "select * from coverage"),
    (
        "搜索索引（与搜索框同一分词）",
        "The search index, with the tokeniser of the search box",
        "select kind, record_id from search_index join search_documents on search_documents.id = search_index.rowid\n"
        "where search_index match escape_fts(:text) order by rank limit 20",
    ),
)
