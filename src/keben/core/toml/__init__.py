"""TOML files: their schemas (`schema`), where a key stands (`places`), and what a slip in one means (`faults`)."""
