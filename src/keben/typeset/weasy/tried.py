"""The sources of WeasyPrint's functions that Keben replaces, by the versions that it was tried with, oldest first.

For each version the first digits of the SHA-256 of each function's source, as `inside.digest_of` gives them. A version
may be added once the tests pass with it.
"""

from collections.abc import Mapping

TRIED: Mapping[str, Mapping[str, str]] = {
    "weasyprint 70.0": {
        "weasyprint.HTML.__init__": "5f19f40b81837f87",
        "weasyprint.HTML._ua_counter_style": "bdfb016197f4c790",
        "weasyprint.document.Document._build_layout_context": "2b072254ab89701b",
        "weasyprint.draw.text.draw_first_line": "1bb8eae6d88e71b1",
        "weasyprint.draw.text.draw_text": "ebaf96239c6ca363",
        "weasyprint.formatting_structure.build.marker_to_box": "b471a3133517591e",
        "weasyprint.layout.LayoutContext._update_footnote_area": "2e317e4b066fb80c",
        "weasyprint.layout.LayoutContext.layout_footnote": "5075f64aaae4a32d",
        "weasyprint.layout.block._in_flow_layout": "c2537262836dd981",
        "weasyprint.layout.block._linebox_layout": "e07bbe000974787e",
        "weasyprint.layout.block.block_level_layout": "c1301dde9284e245",
        "weasyprint.layout.block.block_level_page_break": "4c36f807aa76498f",
        "weasyprint.layout.block.block_level_page_name": "5ee94a04549b477a",
        "weasyprint.layout.block.force_page_break": "0645c3e5c9a6c1e5",
        "weasyprint.layout.block.remove_placeholders": "ce16d97a1caacea0",
        "weasyprint.layout.column._report_footnotes": "0e9226e4e92830f0",
        "weasyprint.layout.column.columns_layout": "7a05cce3272fc581",
        "weasyprint.layout.inline.first_letter_to_box": "9f3d58c31344c13b",
        "weasyprint.layout.inline.justify_line": "f83b21ff8793ba6b",
        "weasyprint.layout.inline.split_inline_box": "3a0cb7ca7e34c7ef",
        "weasyprint.layout.inline.split_text_box": "8c564329599ef23f",
        "weasyprint.layout.layout_document": "a5cbf437e99caf72",
        "weasyprint.layout.page.make_all_pages": "b5e4034894841caa",
        "weasyprint.layout.page.make_margin_boxes": "4a2d2e301eb3bc47",
        "weasyprint.layout.page.make_page": "656f183328e8b1b5",
        "weasyprint.layout.page.remake_page": "1ff09b2dffa17839",
        "weasyprint.layout.page.set_page_type_computed_styles": "4e68b396b35c4a06",
        "weasyprint.layout.percent.resolve_percentages": "71673078096fcf87",
        "weasyprint.layout.table._find_earlier_page_break": "7b5f4f58630d53fc",
        "weasyprint.layout.table.auto_table_layout": "8ce6f1e31a00b6c7",
        "weasyprint.layout.table.table_layout": "6594fa40743fbc0b",
        "weasyprint.pdf.fonts.Font._fonttools_subset": "1faa45f3c4cae67e",
        "weasyprint.pdf.fonts.Font._harfbuzz_subset": "f80805663ede8080",
        "weasyprint.pdf.fonts.Font.clean": "794f0211f18453f1",
        "weasyprint.pdf.fonts.Font.subset": "61ed6bc2e9a7e43a",
        "weasyprint.pdf.fonts.build_fonts_dictionary": "fc551bef35d0d6c3",
        "weasyprint.pdf.tags._build_box_tree": "f716251a83e7096e",
        "weasyprint.svg.text.text": "67a30c3e181b4a80",
        "weasyprint.text.line_break.Layout.__init__": "c17d3975d808536e",
        "weasyprint.text.line_break.Layout.deactivate": "bfec3ec8406e1c82",
        "weasyprint.text.line_break.Layout.get_first_line": "bb65cbda0e27f135",
        "weasyprint.text.line_break.Layout.reactivate": "0b89ee097104b713",
        "weasyprint.text.line_break.Layout.set_text": "fe23ca9937dbf520",
        "weasyprint.text.line_break.Layout.setup": "fb227a55094f41d4",
        "weasyprint.text.line_break.split_first_line": "39ad1016863ca34d",
    },
    "pydyf 0.13.0": {
        "pydyf.PDF.page_references": "060bf90aad55931b",
    },
}
