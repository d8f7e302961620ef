"""The one thing that `pyproject.toml` cannot say: a compiled kernel that may fail to build."""

from pathlib import Path

from setuptools import Extension, setup

KERNEL = Path("src/sidelines/choice/_kernel.c")

# `optional`: without a compiler the package installs all the same and runs its numpy twin.
setup(
    ext_modules=[
        Extension("sidelines.choice._kernel", [KERNEL.as_posix()], optional=True),
    ]
    if KERNEL.exists()
    else []
)
