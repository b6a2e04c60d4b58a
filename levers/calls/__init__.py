"""The list of calls: which are open, what search finds among them, what cards and feeds say."""
