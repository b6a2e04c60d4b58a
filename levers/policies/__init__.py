"""The policies that a project is asked to serve, and the objectives of each region."""
