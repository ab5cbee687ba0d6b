"""core: the words that all rooms speak. Values and small rules that any stage needs; nothing here knows a stage.

Comes in: values.
Goes out: values. Editions, books, compositions and artifacts (`edition`, `book`, `composition`), what a page
is (`paper`, `binding`, `pressing`), what goes wrong (`errors`), trees of markup (`markup`), languages and regions.
Touches: files in two places only, `pdfium` and `doctor`, which look at what this machine has.

`toml` says where a slip in a TOML file is; `editorial` reads and writes glossary and decisions as text.
"""
