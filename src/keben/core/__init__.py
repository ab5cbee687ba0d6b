"""core: the types that all rooms share, with small rules that any stage needs; nothing here knows a stage.

Comes in: values.
Goes out: values. Editions, books, compositions and artifacts (`edition`, `book`, `composition`), what a page
is (`paper`, `binding`, `pressing`), what goes wrong (`errors`), trees of markup (`markup`), languages and regions.
Touches: files in two places only, `pdfium` and `doctor`, which examine this machine.

`toml` finds mistakes in TOML files; `editorial` reads and writes glossary and decisions as text.
"""
