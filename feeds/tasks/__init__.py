"""The task list: the parts of one's unit as a CalDAV collection, by Radicale through its plug-in classes."""
