# Everything a person or a CI machine runs. Needs python3 (3.11 or later) and make, no more.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check
PAGES := $(shell find docs -name '*.md' -not -path 'docs/_build/*') README.md

# Research data for the tests that read real files; without it those tests skip and say so.
SHARED := $(wildcard ../shared/data)
ifneq ($(SHARED),)
export SIDELINES_DATA ?= $(abspath $(SHARED))
endif

.DEFAULT_GOAL := help
.PHONY: help run test check docs bench cog clean

help:  ## say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.package  ## install the package into .venv and assess a first crisis
	@$(BIN)/sidelines assess iran-2026

test: $(VENV)/.browser  ## run every test, then ask for full coverage of the mechanisms
	@$(BIN)/pytest --numprocesses=auto --dist=loadfile --cov --cov-report=
	@$(BIN)/coverage report --fail-under=100 \
	  --include='src/sidelines/reach/*,src/sidelines/effect/*,src/sidelines/choice/*'

check: $(VENV)/.tools docs  ## check style, types, rooms, spelling, dead code and documentation
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/codespell
	@$(BIN)/vulture
	@echo "check: nothing to complain about"

docs: docs/_build/.html  ## build the documentation into docs/_build/html, warnings are errors
	@echo "docs: docs/_build/html/index.html"

bench: $(VENV)/.tools  ## measure start-up, an answer and the installed size
	@for bench in benches/*.py; do $(BIN)/python $$bench || exit 1; done

cog: $(VENV)/.tools  ## write the generated parts of README.md and docs/ anew
	@$(BIN)/cog -r -I tools --verbosity=1 $(PAGES)

clean:  ## remove what make built, .venv included
	rm -rf $(VENV) build docs/_build front/node_modules src/*.egg-info .coverage .*_cache .hypothesis

# Stamps: a second call does nothing unless what the stamp stands on has changed.

$(VENV)/.package: pyproject.toml setup.py $(wildcard src/sidelines/*/*.c)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Sidelines needs Python 3.11 or later: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --editable .
	@touch $@

$(VENV)/.tools: requirements/dev.txt $(VENV)/.package
	@$(PIP) --requirement requirements/dev.txt
	@touch $@

$(VENV)/.browser: front/package.json $(VENV)/.tools
	@$(BIN)/python tools/build_page.py --install
	@command -v chromium chromium-browser >/dev/null \
	  || { apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	  || echo "no chromium, and none could be installed: tests in a browser will be skipped" >&2
	@touch $@

docs/_build/.html: $(VENV)/.tools $(PAGES) docs/conf.py $(shell find src docs/_ext -name '*.py')
	@$(BIN)/sphinx-build -W --keep-going --quiet -b html docs docs/_build/html
	@touch $@
