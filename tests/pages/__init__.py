"""The pages as a visitor receives them, without a browser."""
