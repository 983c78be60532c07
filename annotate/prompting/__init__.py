"""What a judge is sent, and how its reply is read."""
