"""The work of `cli.py`: one small module per family of commands, each calling what the pages call."""
