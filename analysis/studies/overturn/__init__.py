"""What would overturn it: mechanisms taken away, rival explanations, and the break-even of social influence."""
