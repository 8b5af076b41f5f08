"""The pages: the ASGI application with inbox, ledger, subscribe page and API."""
