"""lint: manuscripts as they are written → what an editor would correct in them.

Comes in: pages, each the text of a file with its prose (`keben.markdown.passages`).
Goes out: remarks with places, and the pages with what is certain corrected.
Touches: nothing.

1. `table` has every rule; a module for each family defines them, with the examples that documentation prints.
2. `running` applies the rules that `selection` chooses to each passage; `comments` exempts some passages.
3. `fixing` applies the edits of remarks, and repeats until none is left.
4. `reports` writes remarks as JSON, SARIF and GitHub annotations.
"""
