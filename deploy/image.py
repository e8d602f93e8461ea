"""
The image without Docker: the Dockerfile's instructions carried out in a plain root folder, then the bot run in it.

    sudo python -m deploy.image

In place of the base image stand this machine's programs and Python, mounted read-only. What is built is run as a
container is: as the image's user, on a read-only root but for the volume and /tmp, with the image's variables alone.
Fails where an instruction does, where the bot does not find itself well, or where it can write beside the volume.
Mounts are in a namespace of their own, and gone at the end.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTHON = Path(sys.base_prefix)
_SYSTEM = ("bin", "sbin", "lib", "lib32", "lib64", "usr", "dev", "proc", "sys")
_APART = "CAVEAT_IMAGE_APART"


@dataclass
class Stage:
    """A root folder, and what instructions said of it."""

    folder: Path
    variables: dict[str, str] = field(default_factory=dict[str, str])
    user: str = "root"
    volume: str = ""
    place: str = "/"
    entry: Sequence[str] = ()

    def inside(self, path: str) -> Path:
        """Where in the folder *path* is, as an instruction names it."""
        return self.folder / self.place.strip("/") / path if path[:1] != "/" else self.folder / path.strip("/")

    def run(self, command: Sequence[str], variables: Mapping[str, str] | None = None) -> int:
        """Run *command* in it as its user; the exit code."""
        known = {"PATH": f"{PYTHON / 'bin'}:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp", **self.variables}  # noqa: S108  the folder's own
        command = ["sh", "-c", f'cd {shlex.quote(self.place)} && exec "$@"', "sh", *command]
        change = ["chroot", f"--userspec={self.user}", str(self.folder), *command]
        return subprocess.run(change, check=False, env={**known, **(variables or {})}).returncode  # noqa: S603  the Dockerfile's own


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """The instructions of a Dockerfile, each with what follows it."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        name, rest = line.split(maxsplit=1)
        yield name, " ".join(rest.split())


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True)  # noqa: S603, S607  # folders of our own


def _bound(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    _mount("--rbind", str(source), str(target))
    if source.name not in {"dev", "proc", "sys"}:
        _mount("-o", "remount,bind,ro", str(target))


def _begun(folder: Path) -> Stage:
    """A stage that holds this machine's system."""
    folder.mkdir()
    folder.chmod(0o755)
    for name in _SYSTEM:
        source = Path("/") / name
        if source.is_symlink():
            (folder / name).symlink_to(source.readlink())
        elif source.is_dir():
            _bound(source, folder / name)
    if not PYTHON.is_relative_to("/usr"):
        _bound(PYTHON, folder / PYTHON.relative_to("/"))
    shutil.copytree("/etc", folder / "etc", symlinks=True)
    (folder / "tmp").mkdir()
    (folder / "tmp").chmod(0o1777)
    return Stage(folder)


def _ways(stage: Stage) -> dict[str, str]:
    """How this machine's pip reaches its index: its variables, and the files that they name."""
    ways = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    for value in ways.values():
        if value.startswith("/") and Path(value).exists() and not (held := stage.inside(value)).exists():
            held.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if Path(value).is_dir() else shutil.copyfile)(value, held)
    return ways


def _copied(stage: Stage, stages: Mapping[str, Stage], rest: str) -> None:
    source, target = rest.split()[-2:]
    start = ROOT / source
    if rest.startswith("--from="):
        start = stages[rest.split()[0].removeprefix("--from=")].inside(source)
    into = stage.inside(target)
    if start.is_dir():
        shutil.copytree(start, into, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        into.mkdir(parents=True, exist_ok=True)
        shutil.copy(start, into)


def built(folder: Path) -> Stage | None:
    """The last stage of the Dockerfile, all of it carried out; None where an instruction failed."""
    folder.chmod(0o755)
    stages, stage = dict[str, Stage](), Stage(folder)
    for name, rest in instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")):
        print(f"{name} {rest}"[:118], flush=True)
        if name == "FROM":
            stage = stages[rest.split(" AS ")[-1]] = _begun(folder / str(len(stages)))
        elif name == "COPY":
            _copied(stage, stages, rest)
        elif name in {"ENV", "ARG"}:
            stage.variables |= dict(word.split("=", 1) for word in shlex.split(rest))
        elif name == "RUN":
            if stage.run(["sh", "-c", rest], {"PIP_QUIET": "1", **_ways(stage)}):
                return None
        elif name in {"USER", "VOLUME", "WORKDIR"}:
            setattr(stage, {"USER": "user", "VOLUME": "volume", "WORKDIR": "place"}[name], rest)
            stage.inside(rest).mkdir(parents=True, exist_ok=True) if name == "WORKDIR" else None
        elif name == "ENTRYPOINT":
            stage.entry = json.loads(rest)
    return stage


def _runs(stage: Stage) -> list[str]:
    """What is wrong with the bot as a container of *stage* would run it."""
    volume = stage.inside(stage.volume)
    _mount("--rbind", str(stage.folder), str(stage.folder))
    _mount("--rbind", str(volume), str(volume))
    _mount("-t", "tmpfs", "tmpfs", str(stage.folder / "tmp"))
    _mount("-o", "remount,bind,ro", str(stage.folder))
    wrong = [] if stage.user != "root" else ["it runs as root"]
    commands = (["doctor", "--offline"], ["check"], ["backup", f"{stage.volume}/copy.db"])
    wrong += [f"{' '.join(command)} failed" for command in commands if stage.run([*stage.entry, *command])]
    if not stage.run([*stage.entry, "new", "written.yaml"]):
        wrong.append("it can write beside its volume")
    return wrong


def main() -> int:
    """Build, run and print; 1 where something failed."""
    if os.geteuid() or not (unshare := shutil.which("unshare")):
        print("This needs root and Linux, for the root folder's mounts.")
        return 1
    if (apart := os.environ.get(_APART)) is None:
        again = [unshare, "--mount", "--propagation", "private", sys.executable, "-m", "deploy.image"]
        with tempfile.TemporaryDirectory(prefix="image") as folder:  # the mounts are seen by the other process alone
            return subprocess.run(again, check=False, cwd=ROOT, env={**os.environ, _APART: folder}).returncode  # noqa: S603  this program
    stage = built(Path(apart))
    wrong = ["an instruction failed"] if stage is None else _runs(stage)
    print("\n".join(wrong) or "The image's steps were carried out, and the bot is well in what they made.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
