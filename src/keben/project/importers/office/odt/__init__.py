"""LibreOffice's .odt: OpenDocument 1.3."""
