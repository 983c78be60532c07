"""How far votes can be trusted: agreement, reliability, accuracy, calibration, bias."""
