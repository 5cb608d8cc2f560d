"""A RabbitMQ of the tests' own: free ports, a temporary folder, gone afterwards."""

import itertools
import os
import shutil
import signal
import subprocess
from pathlib import Path

from tests.support.processes import OwnProcess
from tests.support.programs import (
    free_port,
    is_listening,
    private_folder,
    rabbitmq_folder,
)
from tests.support.waiting import wait_until

COOKIE = "tests"
START_SECONDS_MAX = 90


class RabbitmqServer:
    """One broker and its port mapper, both ours; plugins and management are off."""

    def __init__(self) -> None:
        scripts = rabbitmq_folder()
        assert scripts is not None, "RabbitMQ is not installed"
        self.port = free_port()
        self._scripts: Path = scripts
        self._mapper_port = free_port()
        self._peer_port = free_port()
        self._folder = private_folder("rabbitmq")
        self._mapper: OwnProcess | None = None
        self._broker: OwnProcess | None = None
        self._names = (f"test-{n}" for n in itertools.count(1))
        self._prepare()

    def start(self) -> None:
        """Start, or start again with the same data, and wait until it listens."""
        if self._mapper is None:
            self._mapper = self._spawn("epmd", "-port", str(self._mapper_port))
        self._broker = self._spawn(self._scripts / "rabbitmq-server")
        wait_until(
            lambda: is_listening(self.port),
            what=f"RabbitMQ ({self._folder / 'output'})",
            seconds_max=START_SECONDS_MAX,
        )

    def stop(self) -> None:
        """End the broker as an operator would: durable messages are kept."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the broker as a power cut would."""
        self._end(signal.SIGKILL)

    def remove(self) -> None:
        """Stop it and delete every trace."""
        self.kill()
        if self._mapper is not None:
            self._mapper.end(signal.SIGKILL)
        shutil.rmtree(self._folder, ignore_errors=True)

    def create_vhost(self) -> str:
        """Return the URL of a fresh virtual host: no exchange, queue or message."""
        name = next(self._names)
        everything = '<<".*">>'
        rights = ",".join([everything] * 3)
        self.call(f'rabbit_vhost:add(<<"{name}">>, <<"tests">>)')
        self.call(
            f'rabbit_auth_backend_internal:set_permissions(<<"guest">>, <<"{name}">>,'
            f'{rights}, <<"tests">>)'
        )
        return f"amqp://guest:guest@127.0.0.1:{self.port}/{name}"

    def drop_vhost(self, url: str) -> None:
        """Delete a virtual host with everything in it."""
        name = url.rpartition("/")[2]
        self.call(f'rabbit_vhost:delete(<<"{name}">>, <<"tests">>)')

    def call(self, expression: str) -> str:
        """Evaluate an Erlang expression inside the broker; milliseconds, not seconds.

        `rabbitmqctl` starts a whole Erlang machine for each call.
        """
        answer = subprocess.run(
            [
                "erl_call",
                "-e",
                "-c",
                COOKIE,
                "-address",
                f"localhost:{self._peer_port}",
            ],
            input=f"{expression}.\n",
            env=self._environment(),
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert answer.startswith("{ok, "), answer
        return answer.removeprefix("{ok, ").removesuffix("}")

    def _prepare(self) -> None:
        cookie = self._folder / ".erlang.cookie"
        cookie.write_text(COOKIE)
        cookie.chmod(0o400)
        (self._folder / "plugins").write_text("[].")

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": f"{os.environ['PATH']}:/usr/lib/erlang/bin",
            "LANG": "C.UTF-8",
            "HOME": str(self._folder),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self._mapper_port),
            "RABBITMQ_NODENAME": f"komek{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self._peer_port),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RABBITMQ_CONFIG_FILE": str(self._folder / "none"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(self._folder / "none.config"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self._folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(self._folder / "data"),
            "RABBITMQ_LOG_BASE": str(self._folder / "log"),
            "RABBITMQ_PID_FILE": str(self._folder / "pid"),
            # schedulers that spin while idle would take the cores from the tests
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 +sbwt none +sbwtdcpu none",
        }

    def _spawn(self, *command: str | Path) -> OwnProcess:
        return OwnProcess(command, folder=self._folder, env=self._environment())

    def _end(self, how: signal.Signals) -> None:
        if self._broker is not None:
            self._broker.end(how)
            self._broker = None
            wait_until(lambda: not is_listening(self.port), what="RabbitMQ's end")
