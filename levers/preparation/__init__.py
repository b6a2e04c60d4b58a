"""Preparing a project: the six conditions of success, a first message, digital rules, a group, a request."""
