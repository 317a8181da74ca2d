"""Loading the starter content: tables and texts that an editor can read, checked whole, loaded all or nothing."""
