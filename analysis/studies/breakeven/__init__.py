"""How strong social influence on urges must be to undo what a group does for episodes."""
