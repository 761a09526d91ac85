"""The upload desk: from file to published figure, each step told before it is taken."""

from ui.desk.handing_in import hand_in
from ui.desk.history import lists
from ui.desk.taking import follow

__all__ = ["follow", "hand_in", "lists"]
