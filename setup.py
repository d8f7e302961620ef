"""The one thing that `pyproject.toml` cannot say: compiled kernels that may fail to build."""

import sys

from setuptools import Extension, setup

# No contraction: the same operations, so the same numbers, wherever this is compiled.
FLAGS = ["-O3", "-std=gnu11", "-ffp-contract=off", "-fno-math-errno", "-Wno-psabi"]

# `optional`: without a compiler the package installs all the same and runs its numpy twins.
setup(
    ext_modules=[
        Extension(
            f"sidelines.{room}._kernel",
            [f"src/sidelines/{room}/_kernel.c"],
            extra_compile_args=[] if sys.platform == "win32" else FLAGS,
            py_limited_api=True,
            optional=True,
        )
        for room in ("choice", "reach")
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
