"""Children live and end together, and none outlives its parent's interest."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.children import Children, Died, Stopped
from tests.environment import ROOT

_SLEEP = "import time; time.sleep(60)"
_DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); "
_HOLD = f"import sys; held = open(sys.argv[1], 'w'); {_SLEEP}"
_PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_HOLD!r}, sys.argv[1]])"


_STARTS_ONE = """
import os, sys, time
from pathlib import Path
from deploy.children import Children
folder, hold, pipe = sys.argv[1:]
children = Children(folder=Path(folder), environment=os.environ, logs=Path(folder))
children.start("child", sys.executable, "-c", hold, pipe)
time.sleep(60)
"""


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    started = Children(folder=tmp_path, environment=os.environ, logs=tmp_path)
    yield started
    started.stop()


def test_a_child_that_ends_is_named_with_its_last_lines(children: Children) -> None:
    children.start("sleeper", sys.executable, "-c", _SLEEP)
    children.start("worker", sys.executable, "-c", "print('no database'); raise SystemExit(3)")

    with pytest.raises(Died, match=r"worker stopped with exit code 3(?s:.*)no database"):
        children.wait(lambda: False)


def test_what_never_answers_is_not_waited_for_for_ever(children: Children) -> None:
    children.start("sleeper", sys.executable, "-c", _SLEEP)

    with pytest.raises(TimeoutError, match="No answer from sleeper"):
        children.wait(lambda: False, seconds=0.2)


def test_waiting_ends_when_what_it_waits_for_is_there(children: Children) -> None:
    child = children.start("sleeper", sys.executable, "-c", _SLEEP)

    children.wait(lambda: True)

    assert child.process.poll() is None


def test_ctrl_c_ends_the_wait_and_not_the_children(children: Children) -> None:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    child = children.start("sleeper", sys.executable, "-c", _SLEEP)
    children.stop_on_signals()
    try:
        threading.Timer(0.2, signal.raise_signal, [signal.SIGINT]).start()
        with pytest.raises(Stopped):
            children.wait(lambda: False)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

    assert child.process.poll() is None


def test_stopping_ends_a_child_that_started_others(children: Children, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    children.start("parent", sys.executable, "-c", _PARENT, str(pipe))

    with pipe.open() as held:  # opens when the grandchild does, ends when the grandchild does
        children.stop()

        assert held.read() == ""


def test_stopping_ends_a_child_that_does_not_listen(
    children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deploy.children._GRACE_SECONDS", 0.2)
    child = children.start("deaf", sys.executable, "-c", _DEAF + _SLEEP)
    children.wait(lambda: child.last_lines() == "deaf")

    children.stop()

    assert child.process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="other kernels cannot tell a child")
def test_a_child_ends_with_a_parent_that_could_not_end_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    parent = subprocess.Popen(
        [sys.executable, "-c", _STARTS_ONE, str(tmp_path), _HOLD, str(pipe)], cwd=ROOT
    )

    with pipe.open() as held:
        parent.kill()
        parent.wait()

        assert held.read() == ""
