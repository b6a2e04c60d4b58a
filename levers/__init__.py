"""What exists: the levers, their rules, their windows, and the diagnostic."""
