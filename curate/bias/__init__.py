"""What votes lean to beside the answers: order, length, a judge's own family, refusals."""
