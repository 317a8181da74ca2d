"""Hostile requests made by the thousand: every address, parameter, header, method and form of the portal, mutated.

    make fuzz [N=20000] [SEED=1]      # DATABASE_URL=postgres://… for PostgreSQL
    make fuzz REPLAY=var/fuzz/….json  # send one finding again

The portal under test is a database of its own with the starter content and a sample of everything an editor makes. Each
request is answered inside a transaction that is undone, by the middleware and views of the real site, without a server.
"""
