"""The Word brief: a `Brief` and a template in, the bytes of a .docx out."""
