"""Questions to any base: read, held against its claims, and answered, asked back or refused by fitted models."""
