"""The group of commands, and the run of one: where click's errors, too, become a line on stderr and an exit status."""

from __future__ import annotations

import os
from importlib import import_module

import click

from diag import __version__
from diag.commands import COMMANDS
from diag.errors import BAD_USAGE
from diag.outcome import guarded, report

_BARE = "ask"


class LazyGroup(click.Group):
    """Imports a command's module when the command is called; a first word that is no command is looked up, then searched."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS and cmd_name != _BARE:
            return None
        command: click.Command = import_module(f"diag.cli.{cmd_name}_command").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in COMMANDS:
            return super().resolve_command(ctx, args)
        return _BARE, self.get_command(ctx, _BARE), args

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True, "max_content_width": 100},
)
@click.option("--db", metavar="FILE", help="The database to answer from (or DIAG_DB); without it, the built-in one.")
@click.version_option(__version__, prog_name="diag", message="%(prog)s %(version)s")
@click.pass_context
def group(ctx: click.Context, db: str | None) -> None:
    """Something failed? diag says what it means, what to do now, and whom to ask.

    A bare argument is looked up as a code, then searched as text. Answers come from one local file; nothing leaves this machine.

    \b
    Examples:
      diag 0x8001
      diag 支付失败
      diag lookup 40163 wecom:60020 -2147024891
      diag contact payment --region CN
      diag emergency account-stolen

    \b
    Exit status: 0 found, 1 nothing found, 2 wrong usage, 3 no usable database.
    Shell completion: eval "$(_DIAG_COMPLETE=bash_source diag)" (or zsh_source, fish_source).
    """
    ctx.obj = db


def _invoke(arguments: list[str]) -> None:
    """What click's own `main` does, without its handling of a reader that goes away, which `guarded` knows better."""
    if "_DIAG_COMPLETE" in os.environ:
        group.main(arguments, prog_name="diag", standalone_mode=False)
    with group.make_context("diag", arguments) as ctx:
        group.invoke(ctx)


def run(arguments: list[str]) -> int:
    """Run a command line; returns its exit status."""

    def work() -> int:
        try:
            _invoke(arguments)
        except click.exceptions.Exit as leaving:
            return leaving.exit_code
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else "")
            return BAD_USAGE
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "diag"
            return report(f"{error.format_message().rstrip('.')}; try `{command} --help`", BAD_USAGE)
        except click.ClickException as error:
            return report(error.format_message(), BAD_USAGE)
        except click.Abort:
            raise KeyboardInterrupt from None
        except SystemExit as leaving:
            return leaving.code if isinstance(leaving.code, int) else BAD_USAGE
        return 0

    return guarded(work)
