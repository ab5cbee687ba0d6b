"""Chinese lines, from numbers alone.

What each character is (`marks`), where lines end (`breaking`), what each character gives up or gains (`spacing`).
`keben.typeset.weasy` puts them into pages; nothing here needs it.
"""
