"""The project: settings, addresses, and what belongs to no business app."""
