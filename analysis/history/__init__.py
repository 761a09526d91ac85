"""What publications, withdrawals and corrections changed, or would change."""
