"""Any study read all over plausible space: lived at draws of it, held against its centre, told, drawn."""
