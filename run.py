"""Sameboat's command line: ``python run.py scenarios/groupA.yaml``; see ``python run.py --help``."""

from analysis.cli.main import main

if __name__ == "__main__":
    main()
