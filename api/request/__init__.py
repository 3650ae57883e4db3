"""What one request carries: context, batched reads, cursors, limits, deadline, errors. Imports reasoning and below."""
