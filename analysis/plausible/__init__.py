"""What outside evidence leaves standing of an account's parameters, and figures read all over it."""
