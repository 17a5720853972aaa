"""Queries that hurt a database which anybody may ask: each takes time, memory, or more than reading."""

_ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n)"

QUERIES = {
    "endless recursion": f"{_ENDLESS} select count(*) from n",
    "endless recursion, distinct": "with recursive n(x) as (select 1 union select x + 1 from n) select count(*) from n",
    "cross join": "select count(*) from codes a, codes b, codes c, codes d",
    "sort of large texts": "with recursive n(x, s) as (select 1, hex(randomblob(16000)) union all select x + 1, hex(randomblob(16000)) from n) "
    "select count(*) from (select s from n order by s)",
    "zeroblob": "select zeroblob(999999999)",
    "length of zeroblob": "select length(zeroblob(999999999))",
    "hex of zeroblob": "select length(hex(zeroblob(400000000)))",
    "hex of randomblob": "select length(hex(randomblob(300000000)))",
    "printf": "select length(printf('%900000000d', 1))",
    "printf with a star": "select length(printf('%*d', 900000000, 1))",
    "randomblob": "select length(randomblob(900000000))",
    "replace": "select length(replace(hex(zeroblob(16000)), '0', hex(zeroblob(16000))))",
    "like": "select hex(zeroblob(16000)) like '%0%0%0%0%0%0%0%0%0%0%0%0%1'",
    "glob": "select hex(zeroblob(16000)) glob '*0*0*0*0*0*0*0*0*0*0*0*0*1'",
    "like, many times": f"{_ENDLESS} select count(*) from n where hex(zeroblob(16000)) like '%0%0%0%0%0%0%0%0%1'",
    "instr": "select instr(hex(zeroblob(16000)), hex(zeroblob(8000)) || '1')",
    "instr, many times": f"{_ENDLESS} select count(*) from n where instr(hex(zeroblob(16000)), hex(zeroblob(8000)) || '1')",
    "many large rows": f"{_ENDLESS} select hex(zeroblob(16000)) from n limit 100000",
    "wide large rows": f"{_ENDLESS} select {', '.join(['hex(zeroblob(16000))'] * 60)} from n",
    "group_concat": f"{_ENDLESS} select length(group_concat('{'x' * 200}')) from n",
    "json_group_array": f"{_ENDLESS} select length(json_group_array(x)) from n",
    "load_extension": "select load_extension('x.so')",
    "attach": "attach database '/etc/passwd' as x",
    "attach after with": "with x as (select 1) select 1; attach database 'x' as y",
    "readfile": "select readfile('/etc/passwd')",
    "pragma": "pragma query_only = 0",
    "pragma function": "select * from pragma_database_list",
    "insert after with": "with x as (select 1) insert into topics (id) select 'x'",
    "delete returning": "with x as (select 1) delete from codes returning *",
    "vacuum into": "vacuum into '/tmp/stolen.db'",
    "deep expression": "select " + "(" * 2000 + "1" + ")" * 2000,
    "long list": "select 1 where 1 in (" + ",".join(["1"] * 5000) + ")",
    "many unions": " union all ".join(["select 1"] * 500),
    "many joins": "select count(*) from " + ", ".join(f"codes c{n}" for n in range(60)),
    "fts3_tokenizer": "select fts3_tokenizer('simple')",
    "sqlite_dbpage": "select * from sqlite_dbpage limit 1",
    "dbstat": "select count(*) from dbstat",
    "large json": "select json_array_length(json('[' || replace(hex(zeroblob(16000)), '00', '1,') || '1]'))",
    "nested json": "select json_valid(replace(hex(zeroblob(16000)), '0', '['))",
    "recursive json": f"{_ENDLESS} select count(*) from n, json_each('[1,2,3,4,5,6,7,8,9]')",
    "match of everything": "select count(*) from search_index a, search_index b "
    "where a.search_index match escape_fts('微信') and b.search_index match escape_fts('微信')",
    "bm25 of everything": "select max(bm25(search_index)) from search_index where search_index match '"
    + " OR ".join(["微信", "支付", "the", "to", "a"] * 40)
    + "'",
    "window": f"{_ENDLESS} select sum(x) over (order by x desc rows between unbounded preceding and unbounded following) from n",
    "quadratic subquery": "select max((select count(*) from code_texts t where t.title < s.title)) from code_texts s",
}
