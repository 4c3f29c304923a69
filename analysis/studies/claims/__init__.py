"""The claims of the paper on trial."""
