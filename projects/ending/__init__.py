"""The ends of what was authorised or financed: computed, held against what the law allows, and warned of in time."""
