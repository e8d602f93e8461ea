"""What moderators type, as claims and entries: drafts, batches and the queue."""
