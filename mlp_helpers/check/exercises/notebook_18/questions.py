"""Questions of notebook 18."""
