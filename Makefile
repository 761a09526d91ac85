# Everything a person needs: `make` lists it. Nothing else has to be installed or started by hand.
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8501
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run install store test test-sqlite test-postgres coverage test-fast test-hard mutants check lock audit licences format bench screenshots clean

help:  ## list these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.runs: requirements.lock
	python3 -m venv $(VENV)
	$(PY) -m pip install --quiet --require-hashes -r requirements.lock
	$(PY) -c "from exports.papers.fonts import font_folder; font_folder()"  # the typefaces of papers, once
	@touch $@

$(VENV)/.tests: requirements-dev.txt requirements.txt requirements.lock
	python3 -m venv $(VENV)
	$(PY) -m pip install --quiet --require-hashes -r requirements.lock
	$(PY) -m pip install --quiet -r requirements-dev.txt
	$(PY) -c "from exports.papers.fonts import font_folder; font_folder()"
	@touch $@ $(VENV)/.runs

install: $(VENV)/.runs  ## make the environment

store: $(VENV)/.runs  ## make the store and load the sample data (once; a store with other uploads is left alone)
	@$(PY) cli.py sample || test -e data/dashboard.sqlite3

run: store  ## serve the dashboard on this machine, with sample data: http://127.0.0.1:8501
	$(PY) -m streamlit run dashboard.py --server.port $(PORT)

test: test-sqlite test-postgres  ## run every test, and those that use a store on both engines

test-sqlite: $(VENV)/.tests chromium libreoffice nginx postgresql  ## every test, stores in SQLite (installs what is missing: Chromium, LibreOffice, nginx)
	$(PY) -m pytest -n 3 --dist loadgroup --no-loadscope-reorder

test-postgres: $(VENV)/.tests postgresql  ## the tests that use a store, in PostgreSQL (installs it where it is missing)
	$(PY) -m pytest -n 3 --dist loadgroup --no-loadscope-reorder --engine postgresql

coverage: $(VENV)/.tests  ## how much of the code the tests without pages reach (measuring takes half as long again)
	rm -f .coverage .coverage.*
	$(PY) -m coverage run -m pytest -n 2 --dist worksteal --ignore=tests/browser --ignore=tests/pages
	$(PY) -m coverage combine --quiet
	$(PY) -m coverage report --fail-under=95

test-fast: $(VENV)/.tests  ## the tests without browser and slow ones, under a minute
	$(PY) -m pytest -n 2 -q -m "not browser and not slow and not hard"

test-hard: $(VENV)/.tests  ## the long soaks: two hundred kills while publishing, a hundred and eighty of other steps; the largest file on a page
	$(PY) -m pytest -q -m hard

mutants: $(VENV)/.tests  ## break the code in thousands of ways and see which no test notices (hours; docs/tests.md)
	$(PY) -m tests.mutants

.PHONY: chromium
chromium: $(VENV)/.tests
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	  || { command -v apt-get >/dev/null && { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -yqq chromium || sudo apt-get install -yqq chromium; }; } \
	  || $(PY) -m playwright install chromium

.PHONY: libreoffice
libreoffice:
	@command -v soffice >/dev/null \
	  || { packages="libreoffice-calc libreoffice-writer"; \
	       [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -yqq --no-install-recommends $$packages \
	       || sudo apt-get install -yqq --no-install-recommends $$packages; }

.PHONY: nginx
nginx:
	@{ command -v nginx || test -x /usr/sbin/nginx; } >/dev/null && command -v systemd-analyze >/dev/null \
	  || { packages="nginx-light systemd"; \
	       [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -yqq --no-install-recommends $$packages \
	       || sudo apt-get install -yqq --no-install-recommends $$packages; }

.PHONY: postgresql
postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -yqq --no-install-recommends postgresql \
	       || sudo apt-get install -yqq --no-install-recommends postgresql; }

check: $(VENV)/.tests  ## style, types and layers
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy locales indicators models access analysis wording views loaders entries charts exports opendata ui commands cli.py dashboard.py
	$(VENV)/bin/lint-imports

lock: $(VENV)/.tests  ## write requirements.lock anew from requirements.txt: every package with the sums of its files
	$(PY) -m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate \
	  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	  --output-file requirements.lock requirements.txt

audit: $(VENV)/.tests  ## ask the public list of vulnerabilities about every package that runs (needs the internet)
	@$(PY) -m pip_audit --strict --require-hashes --disable-pip -r requirements.lock \
	  || { echo "audit: a package is known to be vulnerable, or could not be asked about (see above): nothing is shown to be safe"; exit 1; }

licences: $(VENV)/.tests  ## the licence of every package that runs; fails on one that pyproject.toml does not accept
	@$(PY) -m piplicenses --from=mixed --packages $$(sed -nE 's/^([a-z0-9._-]+)==.*/\1/p' requirements.lock)

format: $(VENV)/.tests  ## write the code as ruff wants it
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(VENV)/.tests postgresql  ## measure speed and size against their bars; docs/benchmarks.md is written
	$(PY) -m benchmarks.report

screenshots: $(VENV)/.tests chromium  ## write docs/screenshots/ anew: every page on a desk and on a telephone
	$(PY) -m tests.browser.screenshots

clean:  ## remove the environment and caches, never the store
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis mutants htmlcov .coverage .coverage.*
