"""Word's .docx: Office Open XML, ECMA-376, in its transitional and its strict form."""
