"""What comes to the page of marking other than by typing: scanned numbers, workbooks of scores."""
