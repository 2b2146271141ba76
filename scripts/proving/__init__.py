"""What the proofs of scripts/prove-kills, prove-faults and prove-backup share: a register that is started and killed, writers, and what is looked at."""
