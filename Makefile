# Laveren. Plain `make` explains.
.DEFAULT_GOAL := help
PORT ?= 8501
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DEMO_DATA := data/demonstratie

.PHONY: help setup run demo test lint bench chromium

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16
	@echo
	@echo "  PORT=8501  LAVEREN_DATA_DIR=data  LAVEREN_URL=https://…  go before or after make."

$(BIN)/.run: requirements.txt constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(BIN)/.dev: $(BIN)/.run requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: $(BIN)/.run ## The environment in .venv/

run: setup ## Serve Laveren (address and key are printed)
	@$(BIN)/streamlit run app.py --server.port $(PORT)

demo: setup ## Serve twelve made-up workshops, from a database of their own
	@LAVEREN_DATA_DIR=$(DEMO_DATA) $(BIN)/python -m laveren demo
	@LAVEREN_DATA_DIR=$(DEMO_DATA) $(BIN)/streamlit run app.py --server.port $(PORT)

chromium:
	@command -v chromium-headless-shell >/dev/null || \
	  { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell >/dev/null; } || \
	  command -v chromium >/dev/null || command -v chromium-browser >/dev/null || \
	  $(BIN)/python -m playwright install chromium

test: $(BIN)/.dev chromium lint ## Everything that must hold, the browser included
	@$(BIN)/python -m laveren check
	@$(BIN)/python -m pytest -n 2 --dist loadfile --ignore tests/browser tests
	@$(BIN)/python -m pytest -n 2 --dist load tests/browser

lint: $(BIN)/.dev ## Style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(BIN)/.dev chromium ## Measure what is promised (takes minutes)
	@$(BIN)/python -m benchmarks
