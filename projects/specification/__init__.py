"""Writing a specification together: its versions compared, its comments, the figures of its model."""
