"""News from Word documents: a .docx is looked through, read, and becomes a draft; what could not be taken over is listed."""
