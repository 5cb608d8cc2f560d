"""The ``komek`` command: a list of what it can do, each imported when called.

Exit codes: 0 well, 1 it is not well, 2 wrong use.
"""

import warnings
from importlib import import_module

import click

COMMANDS = {
    "allocate": "deploy.commands.allocate:allocate_command",
    "decode": "deploy.commands.decode:decode_command",
    "doctor": "deploy.commands.doctor:doctor_command",
    "epcis": "deploy.commands.epcis:epcis_command",
    "import": "deploy.commands.import_products:import_group",
    "migrate": "deploy.commands.migrate:migrate_command",
    "parked": "deploy.commands.parked:parked_group",
    "replay": "deploy.commands.replay:replay_command",
    "serve": "deploy.commands.serve:serve_command",
    "up": "deploy.commands.serve:up_command",
    "user": "deploy.commands.user:user_group",
    "verify": "deploy.commands.verify:verify_command",
}


PURE = ("allocate", "decode")
"""These answer from their input alone, so they start without settings or logs."""


class LazyCommands(click.Group):
    """Finds a command by its name, so that a quick one starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """List every command's name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """Import one command.

        That eventlet is deprecated is known (ADR 0005) and no news for who types it.
        """
        if cmd_name not in COMMANDS:
            return None
        warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=LazyCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="komek", message="%(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Komek: donated goods, fairly shared and followed to the hand-over."""
    if context.invoked_subcommand not in PURE:
        _configure_logging()


def _configure_logging() -> None:
    """Send logs to stderr, as the settings wish: stdout is for answers."""
    from deploy.settings import Settings  # noqa: PLC0415  pure commands do without
    from shared.telemetry.logging import configure_logging  # noqa: PLC0415  ditto

    settings = Settings.read()
    configure_logging(as_json=settings.logs_as_json, level=settings.log_level)
