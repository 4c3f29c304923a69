"""One run of one scenario: lived, as tables, as a summary."""
