"""Results for other programs: CSV, Excel, SPSS, Stata; a file a format, and what they have in common."""

from analysis.results.export.write import CODEBOOK, FORMATS, Exported, export

__all__ = ["CODEBOOK", "FORMATS", "Exported", "export"]
