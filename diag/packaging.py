"""The build backend: setuptools, with the database built first, so that it travels in the wheel (PEP 517, backend-path)."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import build_meta
from setuptools.build_meta import *  # noqa: F403  # the hooks that stay as they are

from diag import paths
from diag.build import build


def build_wheel(wheel_directory: str, config_settings: object = None, metadata_directory: str | None = None) -> str:
    """Build the database beside the data files, then the wheel around it."""
    shutil.rmtree(Path("build") / "lib", ignore_errors=True)  # what an earlier build left there would travel too
    folder = Path(paths.data_folder())
    build(folder, folder / paths.DATABASE, lambda line: print(f"diag: {line}"))
    wheel: str = build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)
    return wheel
