"""TOML files: their schemas (`schema`), where a key is (`places`), and what a mistake means (`faults`)."""
