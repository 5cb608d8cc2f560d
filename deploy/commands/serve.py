"""``komek up`` and ``komek serve``: start a process and stay until SIGTERM."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from deploy.settings import SERVICES, Settings

HOST = click.option("--host", help="Address to listen on; 127.0.0.1 if not given.")
PORT = click.option("--port", type=int, help="Port to listen on; 8000 if not given.")
DATA = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the databases; ./data if not given.",
)


@click.command("up")
@DATA
@HOST
@PORT
@click.option("--demo", is_flag=True, help="Load the example story at first start.")
def up_command(
    data: Path | None, host: str | None, port: int | None, *, demo: bool
) -> None:
    """Start all three services in one process, on one port.

    Beyond this machine, with --host 0.0.0.0, it speaks HTTPS under a certificate of
    its own, so that phones give it their camera; KOMEK_HTTPS=off leaves that to a
    proxy.
    """
    settings = Settings.read(data=data, host=host, port=port, is_for_phones=True)
    _make_green()
    if demo:
        from deploy.demo.loading import load_demo  # noqa: PLC0415  after patching

        load_demo(settings)
    _run(settings, SERVICES)


@click.command("serve")
@click.argument("service", type=click.Choice(SERVICES))
@HOST
@PORT
def serve_command(service: str, host: str | None, port: int | None) -> None:
    """Start one service, as in production."""
    settings = Settings.read(host=host, port=port)
    _make_green()
    _run(settings, [service])


def _make_green() -> None:
    """Let eventlet in before anything else is imported.

    psycopg's C code would stop every green thread while it waits for the database:
    its Python wait function does not.
    """
    os.environ.setdefault("PSYCOPG_WAIT_FUNC", "wait_selector")
    import eventlet  # noqa: PLC0415  only a serving process is green

    eventlet.monkey_patch()


def _run(settings: Settings, names: Sequence[str]) -> None:
    from deploy.process import ServiceProcess  # noqa: PLC0415  after patching

    ServiceProcess(settings, names).run()
