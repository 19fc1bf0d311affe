"""A whole sample competition, from the enterprises' workbooks to the certificates, through the services."""
