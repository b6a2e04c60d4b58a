"""Documents joined by those who instruct: with an opinion, with a move that records something, or by themselves."""
