"""
What production's install takes on disk; fails when it is more than it may be.

    python -m deploy.footprint [--most 250]

requirements.lock is installed into an empty folder, as in the image: without pip and without compiled modules, which
Python writes beside the data as it needs them. Then the doctor runs with these packages alone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = 512


def _megabytes(path: Path) -> float:
    """What a file or everything in a folder takes on disk, in millions of bytes."""
    files = [path] if path.is_file() else path.rglob("*")
    return sum(each.lstat().st_blocks * _BLOCK for each in files) / 1e6


def main() -> int:
    """Install, look, and print; 1 when it is too much."""
    parser = argparse.ArgumentParser(description="What production's install takes on disk.")
    parser.add_argument("--most", type=int, default=250, help="megabytes that it may take")
    most: int = parser.parse_args().most
    with tempfile.TemporaryDirectory(prefix="footprint") as folder:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", "--require-hashes"]
        where = ["--requirement", str(ROOT / "requirements.lock"), "--target", folder]
        subprocess.run([*install, *where], check=True)  # noqa: S603  nothing typed
        sizes = {path.name: _megabytes(path) for path in Path(folder).iterdir()}
        runs = _doctor(Path(folder))
        cjk = ["--requirement", str(ROOT / "requirements-cjk.lock"), "--target", str(Path(folder) / "cjk")]
        subprocess.run([*install, *cjk], check=True)  # noqa: S603  nothing typed
    for name, size in sorted(sizes.items(), key=lambda each: -each[1])[:12]:
        print(f"{size:8.1f} MB  {name}")
    total = sum(sizes.values())
    print(f"{total:8.1f} MB  in all, {most} allowed")
    print(f"             the doctor finds it {'well' if runs else 'NOT well'}")
    return 1 if total > most or not runs else 0


def _doctor(packages: Path) -> bool:
    """Whether the bot runs with these packages alone, on a database of its own."""
    bot = [sys.executable, "-S", str(ROOT / "bot.py"), "doctor", "--offline"]  # without this environment's packages
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PYTHONPATH": str(packages), "FACT_BASE": str(ROOT / "data")}
        environment |= {"PYTHONDONTWRITEBYTECODE": "1", "DATABASE_URL": f"sqlite:///{folder}/caveat.db"}
        return subprocess.run(bot, check=False, cwd=folder, env=environment).returncode == 0  # noqa: S603  nothing typed


if __name__ == "__main__":
    sys.exit(main())
