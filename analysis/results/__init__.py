"""Results folders of every kind: records, tables, loading, export."""
