"""Reports to read in a browser: one self-contained HTML file, with nothing fetched from anywhere."""
