"""The statistics (methods.md): numbers and frames in, numbers and frames out. Nothing here knows the store."""
