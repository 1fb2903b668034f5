"""What happens when somebody writes or taps, and how every message looks. `contents` is where to begin."""
