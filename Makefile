# Every command sets up what it needs: Python 3.11 or newer is all a machine must have.
PYTHON ?= python3
RUN := .venv/bin/python

help: ## Show this list
	@echo "Gongzhi 共治. What you can make:"
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1 \t/' | expand -t 18

demo: ## Start the demonstration city (Ctrl-C stops everything)
	@$(PYTHON) tools/setup.py demo
	@exec $(RUN) -m gongzhi.config.cli demo

test: ## Run every test, those in a real browser too
	@$(PYTHON) tools/setup.py test
	@$(RUN) -m pytest -n 2 --dist loadscope $(PYTEST)

check: ## Format, lint, types, contracts, migrations, translations
	@$(PYTHON) tools/setup.py check
	@$(RUN) -m tools.check

bench: ## Measure the numbers we promise; writes var/bench.json
	@$(PYTHON) tools/setup.py bench
	@$(RUN) -m bench $(BENCH)

docs: ## Draw the lifecycles and the list of modules into docs/
	@$(PYTHON) tools/setup.py check
	@$(RUN) -m tools.docs

reset: ## Remove the demonstration city: database, files, logs
	@$(PYTHON) tools/setup.py demo
	@$(RUN) -m gongzhi.config.cli reset

.PHONY: help demo test check bench docs reset
.DEFAULT_GOAL := help
