# Two commands do all set-up: `make app` serves the page, `make test` passes the tests.
# Each makes the virtual environment when there is none, and installs with pip.

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 7860

.PHONY: app test check eval benchmark

app: $(VENV)/.installed
	$(VENV)/bin/python search_app.py --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-test check
	$(VENV)/bin/python -m pytest

check: $(VENV)/.installed-test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

eval: $(VENV)/.installed
	$(VENV)/bin/python -m eval run

benchmark: $(VENV)/.installed
	$(VENV)/bin/python -m eval.benchmark

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --disable-pip-version-check -e .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(VENV)/bin/pip install --disable-pip-version-check -e ".[test]"
	touch $@
