"""Results as a notebook shows them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

import analysis


def test_tables_rows_columns_and_units_escaped(tmp_path):
    field = pa.field("<b>", pa.int64(), metadata={"unit": "<i>people</i>", "meaning": "a & b"})
    pq.write_table(pa.table([[1, 2]], schema=pa.schema([field])), tmp_path / "<script>.parquet")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    results = analysis.load(tmp_path)
    page = results._repr_html_()
    assert "<b>&lt;script&gt;</b>: 2 rows, 1 column<" in page
    for cell in ("&lt;b&gt;", "&lt;i&gt;people&lt;/i&gt;", "a &amp; b"):
        assert f">{cell}</td>" in page
    assert "<script>" not in page
    assert "<b>broken</b>: cannot be read" in page
    assert "broken (cannot be read)" in repr(results)
    assert results._ipython_key_completions_() == list(results)
