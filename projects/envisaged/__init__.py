"""The board of the projects that agencies think of."""
