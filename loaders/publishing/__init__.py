"""From a checked file to published figures, and back: staged, screened, published, withdrawn, restored."""
