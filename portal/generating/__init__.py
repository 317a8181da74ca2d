"""Generated content: bilingual news and bases in any number, to see how the portal behaves when it has grown.

Everything generated says so: in its title or name, in its address and in its source.
"""
