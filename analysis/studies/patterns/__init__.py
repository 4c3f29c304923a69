"""What people and groups of the model look like beside outside evidence. Nothing is tuned here."""
