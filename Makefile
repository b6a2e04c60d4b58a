# The work is in bin/, which can be called directly; make only names it.
# PYTHON: the first Python of 3.11 or more that is found.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
NEEDED = @test -n "$(PYTHON)" || { echo "Il faut Python 3.11 ou plus récent : make PYTHON=/chemin/vers/python3.11 …"; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help run test lint bench soak demo-users

help: ## cette aide
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/  make \1@\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F@ '{printf "%-20s %s\n", $$1, $$2}'

run: ## prépare tout et sert le portail sur http://localhost:8000 (PORT=8001 pour un autre port)
	$(NEEDED)
	@exec $(PYTHON) bin/run

test: ## tous les tests (PART=sqlite|postgresql|browser pour une partie, ARGS="-k mot" pour pytest)
	$(NEEDED)
	@exec $(PYTHON) bin/test $(if $(PART),--part=$(PART)) $(if $(ARGS),--args='$(subst ','\'',$(ARGS))')

lint: ## relit le code et les gabarits (ARGS=--fix pour corriger)
	$(NEEDED)
	@exec $(PYTHON) bin/lint $(ARGS)

bench: ## mesure la vitesse du portail (QUICK=1 en bref, SIZES=12,1000, ENGINES=sqlite, ROUNDS=7 ; docs/bench.md)
	$(NEEDED)
	@exec $(PYTHON) bin/bench $(if $(QUICK),--quick) $(if $(SIZES),--sizes=$(SIZES)) $(if $(ENGINES),--engines=$(ENGINES)) $(if $(ROUNDS),--rounds=$(ROUNDS)) $(if $(LINES),--lines=$(LINES))

soak: ## ce qui est trop long pour tous les jours : mille courses, morts subites, toutes les étapes (ONLY=races ENGINE=sqlite ROUNDS=50)
	$(NEEDED)
	@exec $(PYTHON) bin/soak $(if $(ENGINE),--engine=$(ENGINE)) $(if $(ONLY),--only=$(ONLY)) $(if $(ROUNDS),--rounds=$(ROUNDS))

demo-users: ## de quoi se connecter dans chaque rôle de la démonstration
	$(NEEDED)
	@exec $(PYTHON) bin/demo-users
