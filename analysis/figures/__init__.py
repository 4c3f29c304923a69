"""How all figures look: colours, style, and how they are saved."""
