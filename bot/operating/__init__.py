"""What whoever runs the bot needs beside it: whether all is well."""
