"""What a draft of the rules does: the curve of a scale, a worked example, ties and prizes compared."""
