"""The measures of ``make bench``: data, servers, load, report. Not tests, though tests/test_bench.py tests them.

Everything is measured through HTTP and through the models, so that the bench knows
nothing of how the pages are made. ``docs/bench.md`` says what is measured and why.
"""
