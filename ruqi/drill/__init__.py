"""The drill: Ruqi is started in a temporary folder, killed again and again while reminders leave, and has to account.

A user runs it on their own machine: no network, no chat, nothing of theirs is touched. The messenger is a file.
"""
