"""The words of letters and decisions: what a template may say, what it says by default, which one serves. Pure."""
