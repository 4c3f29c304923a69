"""The command line: ``main`` finds a command; each command is a file."""
