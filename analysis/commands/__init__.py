"""Commands, one file each; listed in ``analysis.cli.COMMANDS``."""
