"""The one thing that `pyproject.toml` cannot say: a compiled kernel that may fail to build."""

import sys

from setuptools import Extension, setup

# No contraction: the same operations, so the same numbers, wherever this is compiled.
FLAGS = ["-O3", "-std=gnu11", "-ffp-contract=off", "-fno-math-errno", "-Wno-psabi"]

# `optional`: without a compiler the package installs all the same and runs its numpy twin.
setup(
    ext_modules=[
        Extension(
            "sidelines.choice._kernel",
            ["src/sidelines/choice/_kernel.c"],
            extra_compile_args=[] if sys.platform == "win32" else FLAGS,
            py_limited_api=True,
            optional=True,
        ),
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
