"""The command line as people use it: commands, formats, exit statuses, manners."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from diag.commands import COMMANDS
from diag.errors import QueryRefused
from diag.sql import query
from diag.store import Store
from tests.conftest import CLEAN, ROOT, SAMPLE, Run


def test_lookup_says_meaning_steps_channel_and_source(run: Run) -> None:
    """The answer to 0x8001, in order: what it means, what to do, whom to ask, how far to trust it."""
    done = run("lookup", "0x8001", "--lang", "zh")

    assert done.returncode == 0 and done.stderr == ""
    places = [done.stdout.index(part) for part in ("支付失败", "1. ", "95017", "据称", "https://www.nctoro.com/a131086")]
    assert places == sorted(places)
    assert "网络文章" in done.stdout


def test_an_unknown_code_is_taken_apart(run: Run) -> None:
    """Exit status 1, the number's anatomy, and near codes."""
    done = run("lookup", "0x8FFFFFFF")

    assert done.returncode == 1
    assert "2415919103" in done.stdout and "hresult:" in done.stdout


@pytest.mark.parametrize(
    "call",
    [
        ["0x8001"],
        ["lookup", "0x8001"],
        ["lookup", "5"],
        ["40001"],
        ["lookup", "-2147024891"],
        ["-1"],
        ["lookup", "0x8FFFFFFF"],
        ["支付失败"],
        ["ECONREFUSED"],
        ["lookup", '{"errcode":40163}'],
        ["微信付不了款"],
        ["zzqx vvwk"],
        ["lookup", "\u202eabc"],
        ["search", "支付"],
        ["search", "今天天气怎么样"],
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_both_ways_of_a_plain_call_print_the_same_bytes(database: Path, call: list[str], lang: str) -> None:
    """The path before click and the path through it differ in nothing but speed."""
    env = CLEAN | {"DIAG_DB": str(database), "DIAG_LANG": lang, "PYTHONUTF8": "1"}
    script = "import sys; from diag.cli.main import run; sys.exit(run(sys.argv[1:]))"
    for _ in range(3):  # channels open and close on the minute
        plain, through_click = (
            subprocess.run([sys.executable, *how, *call], cwd=ROOT, env=env, capture_output=True) for how in (["-m", "diag"], ["-c", script])
        )
        if plain.stdout == through_click.stdout:
            break

    assert (plain.returncode, plain.stdout, plain.stderr) == (through_click.returncode, through_click.stdout, through_click.stderr)


def test_json_of_lookup_is_the_contract(run: Run) -> None:
    """One object per query and line, with the keys that others rely on."""
    done = run("lookup", "40163", "0x8FFFFFFF", "--json", "--lang", "en")
    found, unknown = map(json.loads, done.stdout.splitlines())

    assert done.returncode == 0
    assert {"query", "readings", "nearest", "anatomy"} == set(found) == set(unknown)
    described = {"catalog", "code", "value", "symbol", "title", "meaning", "cause", "retry", "status", "trust", "sources"}
    wanted = described | {"fixes", "symptoms", "channels", "claims", "derived_from", "why"}
    assert wanted <= set(found["readings"][0])
    assert {"id", "title", "url", "checked"} == set(found["readings"][0]["sources"][0])
    assert {"id", "title", "audience", "minutes", "steps"} <= set(found["readings"][0]["fixes"][0])
    assert unknown["readings"] == [] and unknown["nearest"]


def test_json_of_search_is_the_contract(run: Run) -> None:
    """Results with kind, id, title, score and reason; none, and status 1, for a stranger's question."""
    found, nothing = run("search", "支付失败", "--json"), run("search", "zzqx vvwk", "--json")

    assert {"kind", "id", "title", "score", "why"} == set(json.loads(found.stdout)["results"][0])
    assert (found.returncode, nothing.returncode) == (0, 1)
    assert json.loads(nothing.stdout) == {"query": "zzqx vvwk", "results": []}


def test_sql_prints_table_csv_and_json(run: Run) -> None:
    """The same rows in three forms; JSON is one array of row objects."""
    wanted = "select id, value from codes where id in ('win32:ERROR_ACCESS_DENIED', 'errno-linux:EIO') order by id"

    assert json.loads(run("sql", wanted, "--json").stdout) == [
        {"id": "errno-linux:EIO", "value": 5},
        {"id": "win32:ERROR_ACCESS_DENIED", "value": 5},
    ]
    assert run("sql", wanted, "--csv").stdout.splitlines() == ["id,value", "errno-linux:EIO,5", "win32:ERROR_ACCESS_DENIED,5"]
    assert run("sql", wanted).stdout.splitlines()[2].split() == ["errno-linux:EIO", "5"]
    assert json.loads(run("sql", "select 1 where 0", "--json").stdout) == []


@pytest.mark.parametrize(
    "statement",
    [
        "delete from codes",
        "update codes set code = 1",
        "insert into packs values (1,2,3,4,5,6)",
        "drop table codes",
        "attach database '/tmp/x.db' as x",
        "pragma query_only = 0",
        "pragma user_version = 7",
        "select load_extension('x')",
        "select 1; delete from codes",
        "with x as (select 1) delete from codes",
        "vacuum into '/tmp/diag-test-out.db'",
        "create temp table t (x)",
        "begin",
        "not sql at all",
        "",
    ],
)
def test_sql_only_reads(database: Path, run: Run, statement: str) -> None:
    """What would write, attach, set or load is refused in one line with status 2, and the file stays as it is."""
    before = database.read_bytes()
    done = run("sql", statement)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) <= 1 and "Traceback" not in done.stderr
    assert database.read_bytes() == before


def test_endless_sql_is_stopped(database: Path) -> None:
    """A query that never ends is interrupted."""
    store = Store(str(database))
    endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"

    with pytest.raises(QueryRefused, match="too long"):
        list(query(store, endless, seconds=0.2).rows)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--db", "no-such.db", "lookup", "5"], 3, "no database"),
        (["--db", __file__, "lookup", "5"], 3, "not a database"),
        (["lookup"], 2, "Missing argument"),
        (["lookup", "5", "--in", "nowhere"], 2, "no catalog"),
        (["lookup", "5", "--lang", "fr"], 2, "does not speak"),
        (["lookup", "5", "--nonsense"], 2, "--nonsense"),
        (["list", "nonsense"], 2, "nonsense"),
        (["contact", "payment", "--at", "noon"], 2, "--at"),
        (["contact", "zzqx vvwk"], 1, "no topic"),
        (["emergency", "nonsense"], 1, "there are"),
        (["check", "no-such-folder"], 2, "no-such-folder"),
        (["search"], 2, "Missing argument"),
        (["search", "支付", "--limit", "0"], 2, "limit"),
    ],
)
def test_errors_are_one_line_and_say_what_to_try(run: Run, arguments: list[str], status: int, said: str | None) -> None:
    """Wrong usage exits 2, an unusable database 3, nothing found 1; stderr has one line, without a traceback."""
    done = run(*arguments)

    assert done.returncode == status
    assert "Traceback" not in done.stderr
    if said is not None:
        assert said in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_broken_database_is_one_line_and_status_3(run: Run, tmp_path: Path) -> None:
    """As the first sentence of the manual has it."""
    broken = tmp_path / "broken.db"
    broken.write_bytes(os.urandom(5000))
    done = run("--db", str(broken), "lookup", "5")

    assert done.returncode == 3
    assert re.fullmatch(r"diag: .+diag build.+\n", done.stderr)


@pytest.mark.parametrize("name", [*COMMANDS])
def test_every_command_explains_itself(run: Run, name: str) -> None:
    """`--help` of each command shows an example or says what it prints, and the group lists it."""
    own, group = run(name, "--help"), run("--help")

    assert own.returncode == group.returncode == 0
    assert f"diag {name}" in own.stdout or name == "stats"
    assert re.search(rf"^  {name}  ", group.stdout, re.MULTILINE)


def test_shell_completion_is_offered(run: Run) -> None:
    """The line in --help gives a script for the shell."""
    done = run(env={"_DIAG_COMPLETE": "bash_source"})

    assert "_diag_completion" in done.stdout


def test_language_comes_from_option_then_variable_then_locale(run: Run) -> None:
    """--lang beats DIAG_LANG beats the locale; another locale means English."""
    chinese = "支付失败"
    assert chinese in run("lookup", "0x8001", "--lang", "zh", env={"DIAG_LANG": "en"}).stdout
    assert chinese in run("lookup", "0x8001", env={"DIAG_LANG": "zh_CN.UTF-8"}).stdout
    assert chinese in run("lookup", "0x8001", env={"DIAG_LANG": "", "LANG": "zh_CN.UTF-8"}).stdout
    assert chinese not in run("lookup", "0x8001", env={"DIAG_LANG": "", "LANG": "zh_CN.UTF-8", "LC_ALL": "de_DE.UTF-8"}).stdout


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", "cp936"])
@pytest.mark.parametrize(
    "arguments", [["0x8001"], ["lookup", "0x8001", "--json"], ["contact"], ["emergency", "account-stolen"], ["list", "symptoms"]]
)
def test_any_encoding_of_a_pipe_will_do(run: Run, encoding: str, arguments: list[str]) -> None:
    """What an encoding lacks is escaped; nothing raises."""
    done = run(*arguments, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding, "DIAG_LANG": "zh"})

    assert done.returncode == 0 and done.stderr == ""


def test_control_characters_never_come_out(run: Run) -> None:
    """A query with escapes, bidi marks and a bell is echoed as visible escapes, on stdout and on stderr."""
    for arguments in (
        ["lookup", "x\x1b]0;t\x07\u202ey"],
        ["search", "\x1b[31m\u202e"],
        ["contact", "\x1b[2J"],
        ["emergency", "\x1b[2J"],
        ["list", "\x1b[2J"],
    ):
        done = run(*arguments)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout + done.stderr), arguments


@pytest.mark.skipif(os.name == "nt", reason="pipes of a POSIX shell")
@pytest.mark.parametrize("command", ["lookup 0x8001", "list codes", "sql 'select * from codes'", "stats --json"])
def test_a_reader_that_goes_away_is_no_failure(database: Path, command: str) -> None:
    """`| head -1` ends quietly."""
    line = f"set -o pipefail; {sys.executable} -m diag {command} | head -1"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, env=CLEAN | {"DIAG_DB": str(database)}, capture_output=True, text=True)

    assert done.stderr == "" and done.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize("command", [["lookup", "0x8001"], ["list", "codes"], ["0x8001"]])
def test_a_full_disk_is_one_line(database: Path, command: list[str]) -> None:
    """Output that cannot be written is an error, not a traceback."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "diag", *command], cwd=ROOT, env=CLEAN | {"DIAG_DB": str(database)}, stdout=full, stderr=subprocess.PIPE, text=True
        )

    assert done.returncode == 2
    assert re.fullmatch("diag: cannot write the answer: .+\n", done.stderr)


def test_standard_input_is_read(run: Run) -> None:
    """`-` takes a pasted body, whatever its bytes are."""
    assert "USERPAYING" in run("lookup", "-", stdin="<err_code><![CDATA[USERPAYING]]></err_code>").stdout
    assert run("lookup", "-", stdin=os.urandom(70_000)).returncode in (0, 1)
    assert run("lookup", "-", stdin="").returncode == 1


@pytest.mark.parametrize("argument", ["x" * 100_000, "0x" + "F" * 50_000, "，" * 30_000, "\n" * 1000, "'", '"', "%s", "--", "\\"])
def test_any_argument_is_answered(run: Run, argument: str) -> None:
    """Long, empty-looking and special arguments give a status of the contract."""
    for command in ([], ["lookup"], ["search"]):
        done = run(*command, argument)
        assert done.returncode in (0, 1, 2) and "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [[], ["lookup"], ["search"], ["guide"]], ids=" ".join)
@pytest.mark.parametrize("blank", ["", "  ", "\u3000"])
def test_nothing_to_look_up_says_what_to_give(run: Run, command: list[str], blank: str) -> None:
    """One line, status 2."""
    done = run(*command, blank)

    assert done.returncode == 2 and "40163" in done.stderr and not done.stdout


def test_check_prints_every_problem_and_exits_1(run: Run, sample: Path) -> None:
    """path:line: rule: message, a line each; a whole folder prints nothing and exits 0."""
    assert run("check", str(SAMPLE.parent)).returncode == 0
    (sample / "fixes.toml").write_text("[[fix]]\nid = 5\n", encoding="utf-8")
    done = run("check", str(sample.parent))

    assert done.returncode == 1
    assert "sample/fixes.toml:2: wrong-value: " in done.stdout


def test_build_writes_what_was_named(run: Run, sample: Path, tmp_path: Path) -> None:
    """A team's own folder becomes a database that a look-up answers from."""
    target = tmp_path / "own.db"

    assert "2 codes" in run("build", str(sample.parent), "-o", str(target)).stdout
    assert "Oil is low" in run("--db", str(target), "lookup", "fault 7").stdout
    assert run("--db", str(target), "check", "--database").returncode == 0


def test_build_refuses_data_with_problems(run: Run, sample: Path, tmp_path: Path) -> None:
    """Every problem on stderr, status 1, no file."""
    (sample / "topics.toml").unlink()
    done = run("build", str(sample.parent), "-o", str(tmp_path / "own.db"))

    assert done.returncode == 1 and "dangling" in done.stderr
    assert not (tmp_path / "own.db").exists()


def test_contact_at_a_moment(run: Run) -> None:
    """--at and --tz decide what is open; JSON has one channel a line."""
    call = ["contact", "merchant", "--region", "CN", "--limit", "30", "--json", "--tz", "Asia/Shanghai", "--at"]
    states = {}
    for clock in ("12:00", "23:00"):
        channels = [json.loads(line) for line in run(*call, clock).stdout.splitlines()]
        states[clock] = {channel["id"]: channel["open"] for channel in channels}

    assert states["12:00"]["wechat-pay-merchant-hotline"] is True
    assert states["23:00"]["wechat-pay-merchant-hotline"] is False


def test_stats_adds_up(run: Run) -> None:
    """The table ends with a total; JSON gives a catalog a line."""
    rows = [json.loads(line) for line in run("stats", "--json").stdout.splitlines()]
    total = run("stats").stdout.splitlines()[-1].split()

    assert total[:2] == ["total", str(sum(row["codes"] for row in rows))]


def test_an_emergency_can_be_printed(run: Run) -> None:
    """Markdown with a box for each step and the warning on top; without a name, the list of playbooks."""
    done = run("emergency", "account-stolen", "--markdown", "--lang", "en")

    assert done.stdout.startswith("# ") and done.stdout.index("> **") < done.stdout.index("1. [ ] ")
    assert run("emergency").stdout.split()[0] == "account-restricted"
    assert json.loads(run("emergency", "money-missing", "--json").stdout)["steps"][0]["channel"]
