"""Opening files from outside, safely."""
