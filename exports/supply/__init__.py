"""How the supply of e-services leaves: its workbook, sheet by sheet."""
