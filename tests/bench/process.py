"""What the system says a process uses."""

import os
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
KIB_PER_MIB = 1024


def memory_mib(pid: int) -> float:
    """Return the memory a process and its children hold, in MiB."""
    lines = (
        line
        for member in _group(pid)
        for line in (member / "status").read_text().splitlines()
        if line.startswith("VmRSS")
    )
    return sum(int(line.split()[1]) for line in lines) / KIB_PER_MIB


def peak_mib(pid: int) -> float:
    """Return the most memory a process has held so far, in MiB; 0 once it ended."""
    lines = (Path("/proc") / str(pid) / "status").read_text().splitlines()
    peaks = (int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return next(peaks, 0) / KIB_PER_MIB


def cpu_seconds(pid: int) -> float:
    """Return the CPU time a process has used so far, its children left out."""
    after_name = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2]
    user, system = after_name.split()[11:13]
    return (int(user) + int(system)) / TICKS_PER_SECOND


def _group(pid: int) -> list[Path]:
    folders = Path("/proc").glob("[0-9]*")
    return [folder for folder in folders if _is_in(folder, pid)]


def _is_in(folder: Path, group: int) -> bool:
    try:
        return os.getpgid(int(folder.name)) == group
    except ProcessLookupError:
        return False
