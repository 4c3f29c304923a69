"""What a researcher does with runs: tables, results folders, figures, commands."""
