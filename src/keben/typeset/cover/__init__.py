"""Covers: the front as a picture (`front`), and a printer's sheet (`sheet`) with its `barcode`."""
