"""How the follow-up of the audits leaves: the workbook, and the reply form as Excel and Word."""
