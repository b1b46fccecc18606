"""What click says, in Russian: help pages and one sentence for each way to get the command line wrong."""

from __future__ import annotations

from collections.abc import Callable

import click


class RussianCommand(click.Command):
    """A command whose help page is Russian throughout."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser forgets it; `russian_sentence` needs it
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix="Использование: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = (each for each in self.get_params(ctx) if isinstance(each, click.Option))
        records = [each.get_help_record(ctx) for each in options]
        with formatter.section("Параметры"):
            formatter.write_dl([each for each in records if each])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Показать эту справку."
        return option


def make_command(name: str, action: Callable[..., None], *parameters: click.Parameter) -> RussianCommand:
    """The command `extract NAME`, whose help page begins with the docstring of `action`."""
    return RussianCommand(
        name, callback=action, help=action.__doc__, params=[*parameters], options_metavar="[ПАРАМЕТРЫ]"
    )


class DefaultGroup(RussianCommand, click.Group):
    """A group where a first word that is no command begins the arguments of `default`.

    `extract plan.docx` and `extract -o plan.json plan.docx` are the extraction itself; a file that
    is called «show» is reached as `./show`. The help page is that of the default command, with the
    list of commands below.
    """

    default: click.Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first = next((each for each in args if each != "--debug"), None)
        own = {*self.commands, "--help", "--version"}
        if first is not None and first not in own:
            args = [self.default.name or "", *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, f"{self.default.options_metavar} ФАЙЛ", "Использование: ")
        formatter.write_usage(ctx.command_path, "КОМАНДА …", "               ")
        self.default.format_help_text(ctx, formatter)
        with click.Context(self.default, info_name=ctx.info_name) as inner:
            self.default.format_options(inner, formatter)
        self.format_commands(ctx, formatter)
        self.format_epilog(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        known = [(name, self.commands[name]) for name in self.list_commands(ctx)]
        rows = [(name, each.get_short_help_str(100)) for name, each in known if not each.hidden]
        with formatter.section("Команды"):
            formatter.write_dl(rows)


def russian_sentence(error: click.ClickException) -> str:
    """«Нет параметра --exlain, похоже на --explain; …»: what is wrong and what to do."""
    if isinstance(error, click.NoSuchOption):
        near = f", похоже на {error.possibilities[0]}" if error.possibilities else ""
        return f"Нет параметра {error.option_name}{near}; все параметры покажет extract --help."
    if isinstance(error, click.BadOptionUsage):
        return _wrong_value(error)
    if isinstance(error, click.BadParameter) and isinstance(getattr(error.param, "type", None), click.Choice):
        return _wrong_choice(error)
    return "Командная строка не понята; примеры покажет extract --help."


def _wrong_value(error: click.BadOptionUsage) -> str:
    command = error.ctx.command if error.ctx else None
    options = command.params if command else []
    option = next((each for each in options if error.option_name in each.opts), None)
    if isinstance(option, click.Option) and option.is_flag:
        return f"Параметру {error.option_name} значение не нужно."
    return f"После {error.option_name} нужно значение; примеры покажет extract --help."


def _wrong_choice(error: click.BadParameter) -> str:
    assert error.param is not None and isinstance(error.param.type, click.Choice)
    choices = " или ".join(str(each) for each in error.param.type.choices)
    return f"У параметра {error.param.opts[-1]} бывает только {choices}."
