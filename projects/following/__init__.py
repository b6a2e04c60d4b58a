"""What follows a grant: schedule, commitments against envelopes, what is due, indicators, essential data."""
