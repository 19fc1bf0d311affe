"""Score sheets for judges who mark on paper, and the report on a workbook of scores."""
