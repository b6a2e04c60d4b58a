"""What must run with the portal's own settings and models, each in its own process.

python -m tests.bench.inside install        put the real content, and a few dossiers, in the database of the environment
python -m tests.bench.inside fill 5000      add invented levers and calls to it, and dossiers to the one of 1000
python -m tests.bench.inside change         change titles as the standard input says
python -m tests.bench.inside queries …      count queries, see queries.py
"""

import sys

import django

django.setup()

from tests.bench import builder, calls, change, dossiers, queries, steering  # noqa: E402 (models are importable from here on)
from tests.bench.names import FEW_DOSSIERS, WITH_DOSSIERS  # noqa: E402

if __name__ == "__main__":
    command, *words = sys.argv[1:]
    match command:
        case "install":
            builder.install()
            dossiers.install(FEW_DOSSIERS)
            steering.count_all()
        case "fill":
            builder.fill(int(words[0]))
            calls.fill(int(words[0]))
            if int(words[0]) == WITH_DOSSIERS:
                dossiers.install()
                steering.count_all()
        case "change":
            change.obey(sys.stdin, sys.stdout)
        case "queries":
            queries.report(words)
        case _:
            sys.exit(__doc__)
