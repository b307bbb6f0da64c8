"""Pages of learning and of certificates; one subject a file."""
