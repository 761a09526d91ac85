"""One thin script per page: choose → ask → draw. The first line of each asks for the visit and stops without it."""
