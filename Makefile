# make demo   a sample plan becomes plan.json and a page on the screen
# make test   everything that can be checked, in an environment of its own (.venv)
# make lint   ruff, mypy, the contract of layers
# make bench  speed beside a peer, in one run
# make score  the samples against their readers' records, field by field; the table goes into README
# make invariance  the samples in other formats (LibreOffice): the share of facts that stays, into README
# make mine FOLDER=планы          what the program itself finds strange in real plans
# make gold FILE=план.docx        a draft of a reader's record beside the document
# make fuzz SECONDS=60            each reader against bytes that atheris makes up, so long each (Linux)
# make schema writes schemas/plan.schema.json anew from the types

SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
OUT ?= build/demo
SAMPLE ?= samples/librarians-2019/plan.docx
NEEDS := import sys; sys.exit(sys.version_info < (3, 11))
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

.PHONY: demo test russian-model lint bench score fuzz schema clean
.DEFAULT_GOAL := demo

demo: $(VENV)/.core
	@mkdir -p "$(OUT)"
	$(BIN)/extract "$(SAMPLE)" -o "$(OUT)/plan.json"
	@echo
	$(BIN)/extract show "$(SAMPLE)"
	@echo
	@echo "Вся запись: $(OUT)/plan.json"

test: $(VENV)/.dev russian-model
	$(BIN)/python -m pytest -ra

# Scans are read with Tesseract's Russian model: root may install it, without it those tests are skipped.
russian-model:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && ! ls /usr/share/tesseract-ocr/*/tessdata/rus.traineddata >/dev/null 2>&1; then \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get -qq install -y --no-install-recommends tesseract-ocr-rus >/dev/null 2>&1 \
	  || { apt-get -qq update && apt-get -qq install -y --no-install-recommends tesseract-ocr-rus; } >/dev/null 2>&1 \
	  || echo "Русской модели Tesseract нет: проверки сканов пропущены."; \
	fi

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/read_and_extract.py
	$(BIN)/python benchmarks/batch.py

score: $(VENV)/.dev
	$(BIN)/python tests/evaluate.py --readme

invariance: $(VENV)/.dev
	$(BIN)/python tests/invariance.py --readme

mine: $(VENV)/.core
	@$(BIN)/python tests/mine.py "$(or $(FOLDER),$(error Назовите папку с планами: make mine FOLDER=планы))"

gold: $(VENV)/.core
	@$(BIN)/python tests/draft_gold.py "$(or $(FILE),$(error Назовите документ: make gold FILE=план.docx))"

fuzz: $(VENV)/.dev
	FUZZ_SECONDS=$(or $(SECONDS),60) $(BIN)/python -m pytest -rs tests/fuzz

schema: $(VENV)/.core
	$(BIN)/extract schema > schemas/plan.schema.json

clean:
	rm -rf "$(VENV)" build

# Environments: .core runs the program, .dev checks it; both are renewed when pyproject.toml changes.

$(VENV)/.core: pyproject.toml | $(VENV)/.made
	@echo "Устанавливаю программу в $(VENV) …"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/.made
	@echo "Устанавливаю программу и средства проверки в $(VENV) …"
	@$(PIP) install --editable ".[dev]"
	@$(PIP) install --editable ".[fuzz]" >/dev/null 2>&1 || echo "atheris здесь не ставится: проверки с ним будут пропущены."
	@touch $@ $(VENV)/.core

# The first Python that is new enough. A minimal Debian or Ubuntu ships it without venv: root may
# install that, anybody else is told what to ask for.
$(VENV)/.made:
	@set -e; \
	python=; \
	for each in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if "$$each" -c "$(NEEDS)" >/dev/null 2>&1; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Нужен Python 3.11 или новее, а здесь его нет. Установите его (Debian, Ubuntu: apt install python3 python3-venv) и повторите." >&2; \
	  exit 1; \
	fi; \
	if ! "$$python" -c "import ensurepip, venv" >/dev/null 2>&1; then \
	  package=$$(basename "$$python")-venv; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Устанавливаю $$package …"; \
	    export DEBIAN_FRONTEND=noninteractive; \
	    { apt-get -qq update && apt-get -qq install -y "$$package"; } >/dev/null; \
	  else \
	    echo "Не хватает пакета $$package: выполните «sudo apt install $$package» и повторите." >&2; \
	    exit 1; \
	  fi; \
	fi; \
	"$(BIN)/python" -m pip --version >/dev/null 2>&1 || "$$python" -m venv --clear "$(VENV)"; \
	touch $@
