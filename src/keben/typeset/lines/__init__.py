"""Chinese lines: where they end (`breaking`), how they are set (`spacing`), and that in WeasyPrint (`setting`)."""
