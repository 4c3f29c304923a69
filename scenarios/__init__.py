"""The scenarios that come with Sameboat, as files beside this one: package data, in a checkout and in a wheel."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
