# Everything below needs Python 3.11+ and make, and nothing done before.
# Stamps carry a checksum of what was installed, so nothing is installed twice.

PYTHON ?= python3
VENV ?= .venv
TRAIN_VENV ?= .venv-train
EMBED_VENV ?= .venv-embed
BENCH_VENV ?= .venv-bench
FUZZ_VENV ?= .venv-fuzz
PIP_FLAGS ?=
PYTEST_FLAGS ?=
DEMO ?= pairwright-demo
SEED ?= 0
WAITING_WORKERS ?= 3

KEY := $(shell (pwd; $(PYTHON) --version 2>&1; cat pyproject.toml constraints.txt) | cksum | tr -d ' ')
DEV := $(VENV)/.installed-dev-$(KEY)
CORE := $(if $(wildcard $(DEV)),$(DEV),$(VENV)/.installed-core-$(KEY))
TRAIN := $(TRAIN_VENV)/.installed-train-$(KEY)
SPARK := $(VENV)/.installed-spark-$(KEY)
BENCH := $(BENCH_VENV)/.installed-bench-$(KEY)
FUZZ := $(FUZZ_VENV)/.installed-fuzz-$(KEY)

.DEFAULT_GOAL := help
.PHONY: help environments demo test check lint types wheel-test browser-test label-test notebook-test train-test verify-all spark-test embed-test bench bench-judging bench-labelling bench-near bench-scale bench-agreement bench-align bench-tools simulate chaos fuzz mutants docs site clean python

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-15s %s\n", $$1, $$2}' Makefile

demo: $(CORE) ## install, then the whole way on the bundled sample, offline
	@$(VENV)/bin/curate demo $(DEMO)

environments: $(SPARK) $(TRAIN) ## install all that the tests of .ci/run need, and run nothing

# Workers share the cores: threads that numpy and torch start beside them wait for each other, busily.
test browser-test label-test train-test verify-all spark-test: export OMP_NUM_THREADS = 1

test: $(DEV) ## install, then the whole default test suite
	@$(VENV)/bin/python -m pytest -q -n auto $(PYTEST_FLAGS)

check: lint types site wheel-test ## style, types, import rules, spelling, the site, and the built wheel

lint: $(DEV)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/codespell

types: $(DEV)
	$(VENV)/bin/mypy

wheel-test: $(DEV)
	$(VENV)/bin/python -m pytest -q -m packaging $(PYTEST_FLAGS)

browser-test: $(DEV) ## the pages in Debian's Chromium (apt-get install chromium)
	@$(VENV)/bin/python -m pytest -q -n 2 -m "browser and not label_studio" $(PYTEST_FLAGS)

# Two workers that wait for a server or a JVM leave a third of two cores idle, three a fifth.
# Every worker has a server and a browser of its own: about 1 GB of memory each. A file goes to one
# of them: some have a server that takes a minute to make, or a story that is told once.
label-test: $(DEV) ## a real Label Studio in its own environment (about 1 GB), its page in Chromium, PostgreSQL
	@$(VENV)/bin/python -m pytest -q -n $(WAITING_WORKERS) --dist loadfile -m label_studio $(PYTEST_FLAGS)

notebook-test: $(DEV) ## the notebooks, run as Jupyter runs them
	@$(VENV)/bin/python -m pytest -q -m notebook $(PYTEST_FLAGS)

train-test: $(TRAIN) ## the real trainers on a tiny model (own environment, about 3 GB)
	@$(TRAIN_VENV)/bin/python -m pytest -q -n $(WAITING_WORKERS) -m train $(PYTEST_FLAGS)

verify-all: $(TRAIN) ## every export format, loaded with its trainer's own code (same environment)
	@$(TRAIN_VENV)/bin/python -m pytest -q -n $(WAITING_WORKERS) -m verify $(PYTEST_FLAGS)

spark-test: $(SPARK) ## a build on real Spark, beside the same on DuckDB (Java 17; about 500 MB)
	@$(VENV)/bin/python -m pytest -q -n $(WAITING_WORKERS) --dist loadfile -m spark $(PYTEST_FLAGS)

# Not held to constraints.txt: torch and torchvision must come from one place, and in one build.
embed-test: | python ## the embedding libraries on tiny models (own environment, about 3 GB)
	@test -x $(EMBED_VENV)/bin/python || $(PYTHON) -m venv $(EMBED_VENV)
	@$(EMBED_VENV)/bin/python -m pip install -qq --disable-pip-version-check $(PIP_FLAGS) -e '.[dev,embed]'
	@$(EMBED_VENV)/bin/python -m pytest -q -m embed $(PYTEST_FLAGS)

bench: $(BENCH) ## speed and memory beside pandas, polars and datasets
	@$(BENCH_VENV)/bin/python -m benchmarks

bench-near: $(BENCH) ## near texts beside datasketch, rensa and daft, pictures beside imagehash
	@$(BENCH_VENV)/bin/python -m benchmarks.near

bench-scale: $(DEV) ## the whole way of 10,000 and 100,000 prompts, by stage (PROMPTS="1000000" for others)
	@$(VENV)/bin/python -m benchmarks.scale $(if $(PROMPTS),--prompts $(PROMPTS))

bench-judging: $(DEV) ## the judge beside a bare loop, and other tools where make bench-tools made them
	@$(VENV)/bin/python -m benchmarks.judging

bench-labelling: $(DEV) ## pushing to a real Label Studio beside the plain SDK, on SQLite and PostgreSQL
	@$(VENV)/bin/python -m benchmarks.labelling

bench-agreement: $(DEV) ## agreement and raters over 12 million ratings
	@$(VENV)/bin/python -m benchmarks.agreement

# SMALL=1 is a try of three minutes. What bench-out/align has already is not trained again.
bench-align: $(TRAIN) ## do exports train models as the papers say? (a quarter of an hour on two cores)
	@$(TRAIN_VENV)/bin/python -m benchmarks.align

simulate: $(DEV) ## votes of raters whose truth is known: does the method find it?
	@$(VENV)/bin/python -m benchmarks.simulate

bench-tools: ## environments of the tools that judging is measured beside (about 1 GB)
	@$(PYTHON) -m venv .venv-distilabel && .venv-distilabel/bin/pip install -qq $(PIP_FLAGS) 'distilabel[openai]' requests
	@$(PYTHON) -m venv .venv-daft && .venv-daft/bin/pip install -qq $(PIP_FLAGS) daft
	@$(PYTHON) -m venv .venv-inspect && .venv-inspect/bin/pip install -qq $(PIP_FLAGS) inspect-ai openai

chaos: $(DEV) ## kills, full disks, jumping clocks and the like, MINUTES=20 of them mixed (SEED=n picks)
	@$(VENV)/bin/python -m tests.chaos --seed $(SEED) --minutes $(or $(MINUTES),20)

# New inputs go into tests/fuzz/corpus, findings into fuzz-out/.
fuzz: $(FUZZ) ## every parser under atheris, MINUTES=10 each, in its own environment (TARGET="json csv" for some)
	@$(FUZZ_VENV)/bin/python -m tests.fuzz.run --minutes $(or $(MINUTES),10) $(TARGET)

mutants: $(DEV) ## which small faults in records, budget, journal, scoring and pairing no test finds (hours)
	@test -x .venv-mutants/bin/cosmic-ray || ($(PYTHON) -m venv .venv-mutants && .venv-mutants/bin/pip install -qq $(PIP_FLAGS) -c constraints.txt cosmic-ray)
	@$(VENV)/bin/python -m tests.mutation.run_python .venv-mutants/bin
	@$(VENV)/bin/python -m tests.mutation.run_sql --every $(or $(EVERY),1)

docs: $(DEV) ## write the generated documents anew
	@$(VENV)/bin/python scripts/write_schema.py
	@$(VENV)/bin/python scripts/write_docs.py

site: $(DEV) ## the documents as a site, in site/: opens from the disk, fetches nothing
	@NO_MKDOCS_2_WARNING=1 $(VENV)/bin/mkdocs build -q --strict
	@echo "site/index.html"

clean: ## remove environments, caches and what demo and bench wrote
	rm -rf .venv .venv-train .venv-embed .venv-bench .venv-fuzz .venv-mutants dist build site bench-out fuzz-out pairwright-demo
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@command -v $(PYTHON) >/dev/null || { echo "no $(PYTHON) found; install Python 3.11 or newer, or run make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "pairwright needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1); run make PYTHON=python3.12, say"; exit 1; }

# $(1): environment, $(2): extras with brackets, $(3): how long it takes
# $(4): packages to add without what they ask for: trainers pin versions that others cannot have
define install
	@$(PYTHON) -c 'import sys; print("Python", ".".join(map(str, sys.version_info[:3])))'
	@test -x $(1)/bin/python || { echo "Making $(1)"; $(PYTHON) -m venv $(1); } || { echo "could not make $(1); on Debian and Ubuntu: apt install python3-venv"; rm -rf $(1); exit 1; }
	@echo "Installing pairwright$(2) into $(1) (about $(3))"
	@$(1)/bin/python -m pip install -qq --disable-pip-version-check $(PIP_FLAGS) -c constraints.txt -e '.$(2)'
	@$(if $(4),$(1)/bin/python -m pip install -qq --disable-pip-version-check $(PIP_FLAGS) -c constraints.txt --no-deps $(4))
	@$(if $(4),rm -rf $(1)/lib/python*/site-packages/tests) # openrlhf's wheel brings one, which hides ours
	@rm -f $(1)/.installed-*
	@touch $@
	@echo "Installed"
endef

$(VENV)/.installed-core-$(KEY): | python
	$(call install,$(VENV),,1 minute)

$(DEV): | python
	$(call install,$(VENV),[dev],2 minutes)

$(SPARK): | $(DEV)
	$(call install,$(VENV),[dev$(comma)spark],1 minute)
	@touch $(DEV)

$(TRAIN): | python
	$(call install,$(TRAIN_VENV),[dev$(comma)train],5 minutes,llamafactory ms-swift openrlhf lmms-eval fschat)

$(BENCH): | python
	$(call install,$(BENCH_VENV),[bench],2 minutes)

$(FUZZ): | python
	$(call install,$(FUZZ_VENV),[fuzz],2 minutes)

comma := ,
