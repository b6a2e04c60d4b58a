"""The words: what they mean, where they are explained, who looks for them."""
