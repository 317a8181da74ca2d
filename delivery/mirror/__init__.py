"""The static mirror: everything readers see as files that nginx serves, with or without the application behind it.

`building` writes it whole, `updating` what changes touched, `following` does that as they happen. Two equal trees of files
(`trees`) stand beside each other: one is served, the other is brought up to date and then put in its place by one rename, so
that readers get a whole former or a whole new mirror. `index` knows what each file was made of, `manifest` signs what each
must be, `verifying` finds what is not so, and `rules` tells nginx the headers and redirects.
"""
