"""Documents to keep, print and hand on: a sheet and a roadmap as accessible PDF (docs/decisions/0011)."""
