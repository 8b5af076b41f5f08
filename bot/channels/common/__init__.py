"""What the chats share: what was heard, how it is handled, how fast we write, and a thread for each foreign library."""
