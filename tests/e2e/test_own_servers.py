"""What a test run starts ends with it, whatever ends the run."""

import subprocess
import sys

from tests.support.waiting import wait_until

STARTS_AND_DIES = """
import os, pathlib, signal, sys
from tests.support.processes import OwnProcess
folder = pathlib.Path(sys.argv[1])
started = OwnProcess(["sleep", "600"], folder=folder)
print(started.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_run_leaves_neither_process_nor_folder(tmp_path):
    folder = tmp_path / "server"
    folder.mkdir()

    run = subprocess.run(
        [sys.executable, "-c", STARTS_AND_DIES, folder],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.stdout.strip().isdigit(), run.stderr
    wait_until(lambda: not is_alive(int(run.stdout)), what="the process's end")
    wait_until(lambda: not folder.exists(), what="the folder's end")


def is_alive(pid):
    return subprocess.run(["kill", "-0", str(pid)], check=False).returncode == 0
