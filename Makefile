# Two commands do all set-up: `make app` serves the page, `make test` passes the tests.
# Each makes the virtual environment when there is none, and installs with pip.

PYTHON ?= python3
VENV ?= .venv
# Windows keeps the commands of a virtual environment elsewhere.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
HOST ?= 127.0.0.1
PORT ?= 7860

.PHONY: app test check eval benchmark

app: $(VENV)/.installed
	$(BIN)/python search_app.py --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-test check
	$(BIN)/python -m pytest

check: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

eval: $(VENV)/.installed
	$(BIN)/python -m eval run

benchmark: $(VENV)/.installed
	$(BIN)/python -m eval.benchmark

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/pip install --disable-pip-version-check -e ".[test]"
	touch $@
