"""What calls cost: prices, estimates, the hard cap, the ledger."""
